"""Random partnerships, published round by round and corrected, by the product's own gate."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import combinations
from uuid import UUID

import pandas as pd
from hypothesis import given as some
from hypothesis import settings
from hypothesis import strategies as st

from lsp_assess.assessment.scores import Respondent
from lsp_assess.disclosure.audit import audit
from lsp_assess.disclosure.complement import NARROWEST
from lsp_assess.disclosure.published import Published
from lsp_assess.disclosure.tables import State
from lsp_assess.disclosure.values import Number, Strip
from lsp_assess.instruments.scales import MissingKind
from lsp_assess.kernel.errors import Invalid
from lsp_assess.kernel.messages import given
from lsp_assess.reports.draft import audited
from lsp_assess.reports.evidence import Evidence, tables_of
from lsp_assess.reports.tables_response import Asked, Fieldwork, InstrumentResponse
from lsp_assess.residents.outcomes import Disposition, response_rates
from tests.trust_run import Figure, Times
from tests.unit.reports.drivers import FIRST, PARTS, SECOND, driver
from tests.unit.reports.surveys import answers, survey, unweighted

ISSUED, FULL = 4, 40
Score = Fraction | MissingKind
SHOWN = (State.SHOWN, State.ZERO)
SCORES = st.one_of(
    st.sampled_from([Fraction(score) for score in (20, 40, 60, 80)]), st.just(MissingKind.DONT_KNOW)
)


@dataclass(frozen=True)
class Partner:
    """Scores in a round are None where the person was not there. `leaves` is the release from which on the
    answers are taken back, if any."""

    sector: str
    rounds: tuple[tuple[Score, ...] | None, tuple[Score, ...] | None]
    leaves: int | None


ANSWERED = st.lists(SCORES, min_size=len(PARTS), max_size=len(PARTS)).map(tuple)
OFTEN = st.one_of(ANSWERED, ANSWERED, ANSWERED, st.none())
PARTNERS = st.builds(
    Partner,
    sector=st.sampled_from(["police", "health", "council", "residents"]),
    rounds=st.tuples(OFTEN, OFTEN),
    leaves=st.sampled_from([None] * 9 + [1, 2, 3]),
)


def scored(partners: Sequence[Partner], round_: int, *, release: int) -> tuple[Respondent, ...]:
    return tuple(
        Respondent(UUID(int=i + 1), UUID(int=1000 + i), dict(zip(PARTS, scores, strict=True)))
        for i, one in enumerate(partners)
        if (scores := one.rounds[round_]) is not None and (one.leaves is None or release < one.leaves)
    )


def evidence(
    partners: Sequence[Partner], rounds: int, *, release: int, residents: pd.DataFrame | None
) -> Evidence:
    held = [scored(partners, round_, release=release) for round_ in range(rounds)]
    stated = (FIRST, SECOND)[:rounds]
    sectors = {UUID(int=1000 + i): one.sector for i, one in enumerate(partners)}
    asked = tuple(Asked(of, len(partners), len(people)) for of, people in zip(stated, held, strict=True))
    return Evidence(
        rounds=stated,
        published=date(2026, 1, 1),
        source=given("Records"),
        threshold=5,
        driver=driver(*held, sectors=sectors),
        survey=None if residents is None else survey(residents, design=unweighted),
        responses=(InstrumentResponse("driver", given("Driver"), asked, False),),
    )


def publish(partners: Sequence[Partner], residents: pd.DataFrame) -> list[Published]:
    """Release 1, its correction, release 2 with both rounds and the residents, and its correction without
    three of them; without those that the audit refuses."""
    releases: list[Published] = []
    frames = {"2": residents, "2.2": residents.drop(residents.index[[0, 11, 12]])}
    for place, (name, rounds) in enumerate((("1", 1), ("1.2", 1), ("2", 2), ("2.2", 2))):
        made = tables_of(evidence(partners, rounds, release=place, residents=frames.get(name)))
        try:
            _, published = audited(made, release=name, earlier=releases)
        except Invalid as refused:
            if {problem.code for problem in refused.problems} != {"release_betrays"}:
                raise
        else:
            releases.append(published)
    return releases


def test_those_who_did_not_know_do_not_tell_how_few_scored() -> None:
    """Ten answered; three scored the first part, seven did not know."""
    # trust C6, C5
    unknown, sure = MissingKind.DONT_KNOW, Fraction(40)
    partners = [
        Partner("police", ((sure if i < 3 else unknown, sure, Fraction(60), Fraction(20 * i)), None), None)
        for i in range(10)
    ]
    made = tables_of(evidence(partners, 1, release=0, residents=None))
    gated, published = audited(made, release="1", earlier=[])
    missing = next(table for table in gated.tables if table.id == "level_one.missing")
    answered = next(table for table in gated.tables if table.id == "response.instruments")
    assert missing.cell(PARTS[0], unknown.value).state is State.WITHHELD
    assert answered.cell("driver", "answered:r1").state is State.SHOWN
    assert audit([published]).betrayals == ()


def test_response_rates_do_not_tell_how_few_broke_off() -> None:
    # trust C6
    outcomes = [Disposition.COMPLETE] * 120 + [Disposition.PARTIAL] * 3 + [Disposition.REFUSAL] * 80
    worked = replace(
        evidence([], 1, release=0, residents=None), fieldwork=(Fieldwork(FIRST, response_rates(outcomes)),)
    )
    gated, published = audited(tables_of(worked), release="1", earlier=[])
    rates = next(table for table in gated.tables if table.id == "response.rates")
    states = [rates.cell(rate, "rate:r1").state for rate in ("rr1", "rr2")]
    assert states == [State.SHOWN, State.WITHHELD]
    assert audit([published]).betrayals == ()


def gone_between(releases: Sequence[Published]) -> Iterator[int]:
    """How many people any two releases tell apart: in the same strip, and in the same number."""
    for before, now in combinations(releases, 2):
        for place, new in now.cells.items():
            old = before.cells.get(place)
            if old is None or {old.cell.state, new.cell.state} - set(SHOWN):
                continue
            match old.cell.value, new.cell.value:
                case Strip(points=then), Strip(points=here):
                    yield (Counter(dict(then)) - Counter(dict(here))).total()
                    yield (Counter(dict(here)) - Counter(dict(then))).total()
                case Number(amount=then_n), Number(amount=now_n) if place.column.startswith("base"):
                    yield int(abs(then_n - now_n))


def left_over(release: Published) -> Iterator[int]:
    """All less the matched, and those who answered less those who gave no score, where all are shown."""
    numbers = {
        place: int(one.cell.value.amount)
        for place, one in release.cells.items()
        if one.cell.state in SHOWN and isinstance(one.cell.value, Number)
    }
    for place, matched in numbers.items():
        if place.table.startswith("level_one.matched.") and place.column == "matched":
            for other, whole in numbers.items():
                if other.row == place.row and other.column.startswith("base:") and "scores" in other.table:
                    yield whole - matched
    answered = [n for place, n in numbers.items() if place.table == "response.instruments"]
    rows = {place.row for place in numbers if place.table == "level_one.missing"}
    for row in rows:
        given_none = [n for p, n in numbers.items() if p.table == "level_one.missing" and p.row == row]
        if len(given_none) == len(MissingKind) and answered:
            yield answered[-1] - sum(given_none)


def few(found: Iterator[int]) -> list[int]:
    return [n for n in found if 0 < n < 5]


def test_nothing_follows_from_releases_and_corrections_of_random_partnerships(
    times: Times, figure: Figure
) -> None:
    """The audit finds nothing; nor does who subtracts what is shown, without the audit."""
    # trust C6, C5
    seen: Counter[str] = Counter()
    narrowest: list[int] = []

    most = times(few=5, full=FULL)

    @settings(max_examples=most, deadline=None, derandomize=most < FULL, database=None)
    @some(
        st.lists(PARTNERS, min_size=6, max_size=24),
        st.lists(st.integers(3, 45), min_size=5, max_size=5),
        st.integers(0, 99),
    )
    def hold(partners: list[Partner], wards: list[int], seed: int) -> None:
        residents = answers(dict(zip(("a1", "a2", "b1", "b2", "b3"), wards, strict=True)), seed=seed)
        releases = publish(partners, residents)
        found = audit(releases)
        assert found.betrayals == ()
        assert few(gone_between(releases)) == []
        assert [n for release in releases for n in few(left_over(release))] == []
        narrowest.extend(known.width for _, known in found.known)
        seen.update(
            cells=found.cells, protected=len(found.known), partnerships=1, refused=ISSUED - len(releases)
        )

    hold()
    assert min(narrowest) >= NARROWEST
    figure(
        f"{seen['partnerships']} random partnerships, up to four releases each ({seen['refused']} refused): "
        f"{seen['cells']} cells, "
        f"{seen['protected']} protected numbers, narrowest width {min(narrowest)}"
    )
