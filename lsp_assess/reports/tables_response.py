"""Response and coverage: who was asked and how many answered, by instrument, round and outcome."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from lsp_assess.disclosure.complement import Rate
from lsp_assess.disclosure.release import RoundStated
from lsp_assess.disclosure.rules import Figure, Open, Rule, SmallGroup, SurveyCount
from lsp_assess.disclosure.tables import (
    Column,
    Heading,
    Kind,
    Purpose,
    RawCell,
    RawRow,
    RawTable,
    Role,
    Unit,
)
from lsp_assess.disclosure.values import Missing, Number
from lsp_assess.kernel.messages import Message, message
from lsp_assess.reports.columns import label, label_column, of_round, round_labels
from lsp_assess.reports.draft import Draft
from lsp_assess.reports.headings_response import rates_finding
from lsp_assess.reports.partners import response_key
from lsp_assess.residents.outcomes import Disposition, ResponseRates

RATED = {"rr1": (Disposition.COMPLETE,), "rr2": (Disposition.COMPLETE, Disposition.PARTIAL)}
"""Which outcomes a response rate counts, of all that are or may be eligible."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One instrument in one round: how many were invited (None where nobody was, as in an imported file),
    and how many sent their answers."""

    round: RoundStated
    invited: int | None
    answered: int


@dataclass(frozen=True, slots=True)
class InstrumentResponse:
    key: str
    name: Message
    rounds: tuple[Asked, ...]
    is_survey: bool


@dataclass(frozen=True, slots=True)
class Fieldwork:
    round: RoundStated
    rates: ResponseRates


def response_tables(
    responses: Sequence[InstrumentResponse],
    fieldwork: Sequence[Fieldwork],
    *,
    rounds: Sequence[RoundStated],
    source: Message,
    threshold: int,
) -> Draft:
    tables: list[RawTable] = []
    if responses:
        tables.append(_instruments(responses, rounds, source, threshold))
    if fieldwork:
        tables += [_rates(fieldwork, source), _fieldwork(fieldwork, source)]
    findings = {"response.rates": rates_finding} if fieldwork else {}
    return Draft(tables=tuple(tables), rates=_rates_told(fieldwork), findings=findings)


def _instruments(
    responses: Sequence[InstrumentResponse],
    rounds: Sequence[RoundStated],
    source: Message,
    threshold: int,
) -> RawTable:
    def column(key: str, round_: RoundStated) -> Column:
        return Column(
            key=of_round(key, round_),
            kind=Kind.COUNT,
            heading=message(f"response.column.{key}", round=round_.name),
            role=Role.BASE,
            unit=Unit.PEOPLE,
            round=round_.key,
        )

    return RawTable(
        heading=Heading(
            id="response.instruments",
            title=message("response.title.instruments"),
            purpose=Purpose.NONE,
            base=message("response.base.asked"),
            source=source,
            rounds=round_labels(*rounds),
        ),
        columns=(
            label_column(message("response.column.instrument")),
            *(column(key, round_) for round_ in rounds for key in ("invited", "answered")),
        ),
        rows=tuple(
            RawRow(
                key=one.key,
                cells=(
                    label(one.name),
                    *(cell for round_ in rounds for cell in _asked(one, round_, threshold)),
                ),
            )
            for one in responses
        ),
    )


def _asked(one: InstrumentResponse, round_: RoundStated, threshold: int) -> tuple[RawCell, RawCell]:
    asked = next((asked for asked in one.rounds if asked.round == round_), None)
    if asked is None:
        return RawCell(), RawCell()
    nobody = RawCell(missing=Missing.NOT_APPLICABLE) if one.is_survey else RawCell()
    rule: Rule = SurveyCount(asked.answered) if one.is_survey else SmallGroup(asked.answered, threshold)
    figure = Figure(response_key(one.key, round_.key), rule)
    invited = nobody if asked.invited is None else RawCell(Number(asked.invited))
    return invited, RawCell(Number(asked.answered), (figure,))


def _fieldwork(fieldwork: Sequence[Fieldwork], source: Message) -> RawTable:
    columns = [
        Column(
            key=of_round("n", one.round),
            kind=Kind.COUNT,
            heading=message("response.column.addresses", round=one.round.name),
            unit=Unit.ADDRESSES,
            round=one.round.key,
        )
        for one in fieldwork
    ]
    return RawTable(
        heading=_sample_heading("fieldwork", fieldwork, source),
        columns=(label_column(message("response.column.outcome")), *columns),
        rows=tuple(_count_row(fieldwork, disposition) for disposition in Disposition),
    )


def _rates(fieldwork: Sequence[Fieldwork], source: Message) -> RawTable:
    columns = [
        Column(
            key=of_round("rate", one.round),
            kind=Kind.PERCENT,
            heading=message("response.column.rate", round=one.round.name),
            unit=Unit.PERCENT,
            decimals=1,
            round=one.round.key,
        )
        for one in fieldwork
    ]
    return RawTable(
        heading=_sample_heading("rates", fieldwork, source),
        columns=(label_column(message("response.column.which")), *columns),
        rows=(
            _rate_row("rr1", fieldwork, [one.rates.rr1 for one in fieldwork]),
            _rate_row("rr2", fieldwork, [one.rates.rr2 for one in fieldwork]),
        ),
    )


def _sample_heading(name: str, fieldwork: Sequence[Fieldwork], source: Message) -> Heading:
    return Heading(
        id=f"response.{name}",
        title=message(f"response.title.{name}"),
        purpose=Purpose.NONE,
        base=message("response.base.addresses"),
        source=source,
        rounds=round_labels(*(one.round for one in fieldwork)),
        footnotes=(message(f"response.note.{name}"),),
    )


def _count_row(fieldwork: Sequence[Fieldwork], disposition: Disposition) -> RawRow:
    cells = []
    for one in fieldwork:
        n = one.rates.count(disposition)
        figure = Figure(_outcome_key(one, disposition), SurveyCount(n))
        cells.append(RawCell(Number(n), (figure,)))
    return RawRow(
        key=disposition.value, cells=(label(message(f"response.outcome.{disposition.value}")), *cells)
    )


def _rate_row(name: str, fieldwork: Sequence[Fieldwork], rates: Sequence[Fraction | None]) -> RawRow:
    return RawRow(
        key=name,
        cells=(
            label(message(f"response.rate.{name}")),
            *(
                RawCell(None if rate is None else Number(float(rate * 100)), (_rate_figure(name, one),))
                for one, rate in zip(fieldwork, rates, strict=True)
            ),
        ),
    )


def _outcome_key(one: Fieldwork, disposition: Disposition) -> str:
    return f"fieldwork/{disposition.value}/{one.round.key}"


def _rate_figure(name: str, one: Fieldwork) -> Figure:
    """A rate may be told, unless it says how few addresses had some outcome."""
    answered = sum(one.rates.count(disposition) for disposition in RATED[name])
    return Figure(f"fieldwork/{name}/{one.round.key}", Open(answered))


def _rates_told(fieldwork: Sequence[Fieldwork]) -> tuple[Rate, ...]:
    eligible = [disposition for disposition in Disposition if disposition is not Disposition.NOT_ELIGIBLE]
    return tuple(
        Rate(
            figure=_rate_figure(name, one).key,
            numerator=tuple(_outcome_key(one, disposition) for disposition in dispositions),
            denominator=tuple(_outcome_key(one, disposition) for disposition in eligible),
        )
        for one in fieldwork
        for name, dispositions in RATED.items()
    )
