"""Who was asked and who answered, what became of the addresses and of the actions, what is linked."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy.orm import Session

from lsp_assess.actions.release_reading import Read
from lsp_assess.database import release_data, release_records
from lsp_assess.database.loop import contributors
from lsp_assess.database.rounds import rounds_until
from lsp_assess.disclosure.release import RoundStated
from lsp_assess.instruments.instrument import Instrument, Kind
from lsp_assess.kernel.messages import given
from lsp_assess.reports.line import LinkKind, ObjectiveLinks
from lsp_assess.reports.spoken import said
from lsp_assess.reports.tables_actions import ActionLight, ActionStatus, ActionTold
from lsp_assess.reports.tables_response import Asked, Fieldwork, InstrumentResponse
from lsp_assess.residents.outcomes import Disposition, response_rates


def responses_of(read: Read) -> tuple[InstrumentResponse, ...]:
    """One line a questionnaire, by its name; several collections of a round count together."""
    named: dict[str, Instrument] = {}
    counts: dict[tuple[str, UUID], tuple[int, int]] = {}
    for one in read.collections:
        name = one.instrument.name
        named[name] = one.instrument
        invited, answered = counts.get((name, one.row.round_id), (0, 0))
        counts[name, one.row.round_id] = invited + one.row.invited, answered + len(read.answered(one))
    rounds = {UUID(stated.key): stated for stated in read.stated()}
    return tuple(
        InstrumentResponse(
            key=name,
            name=said(instrument.title),
            rounds=tuple(
                Asked(stated, invited or None, answered)
                for (of, round_id), (invited, answered) in counts.items()
                if of == name and (stated := rounds.get(round_id)) is not None
            ),
            is_survey=instrument.kind is Kind.HOUSEHOLD,
        )
        for name, instrument in sorted(named.items())
    )


def fieldwork_of(session: Session, read: Read) -> tuple[Fieldwork, ...]:
    """Rounds with a sample; an address without a final outcome was worked and not resolved."""
    found = []
    for stated in read.stated():
        collections = [one.row.id for one in read.in_round(UUID(stated.key))]
        sample = release_data.sample_of(session, collections)
        if sample:
            outcomes = [Disposition(m.outcome or Disposition.UNKNOWN_ELIGIBILITY) for m in sample]
            found.append(Fieldwork(stated, response_rates(outcomes)))
    return tuple(found)


def actions_of(session: Session, read: Read) -> tuple[ActionTold, ...]:
    """Of this round and of every one before it, published or not: none is left out of what became of them."""
    rounds = {
        row.id: RoundStated(str(row.id), given(row.name), row.number)
        for row in rounds_until(session, read.now.number)
    }
    names = release_data.organisations(session)
    helping = contributors(session)
    return tuple(
        ActionTold(
            key=str(row.id),
            round=rounds[row.round_id],
            finding=row.finding,
            decision=row.decision,
            title=row.title,
            owner=given(names[row.owner_id][0]) if row.owner_id in names else None,
            due=row.due_on,
            status=ActionStatus(row.status),
            what_changed=row.what_changed,
            light=ActionLight(row.light) if row.light else None,
            contributors=tuple(helping.get(row.id, ())),
            part=row.part,
        )
        for row in release_records.actions(session, list(rounds))
    )


def objectives_of(session: Session, read: Read) -> tuple[ObjectiveLinks, ...]:
    """Links that the partnership recorded, then those that its questionnaires declare. A questionnaire is
    written for many: its codes of objectives that this partnership does not have are passed over."""
    declared = [link for one in read.collections for link in _declared(one.instrument)]
    return tuple(
        ObjectiveLinks(
            row.code,
            given(row.title),
            tuple(
                dict.fromkeys(
                    [
                        *((LinkKind(link.target_kind), link.target_code) for link in links),
                        *((kind, name) for code, kind, name in declared if code == row.code),
                    ]
                )
            ),
        )
        for row, links in release_records.objectives(session)
    )


def _declared(instrument: Instrument) -> Iterator[tuple[str, LinkKind, str]]:
    """Objective, and what of the questionnaire bears on it."""
    model = instrument.scoring
    parts = {part.item for criterion in model.criteria for part in criterion.parts} if model else set()
    for each in (*instrument.questions, *instrument.derived):
        kind = LinkKind.PART if each.name in parts else LinkKind.QUESTION
        yield from ((code, kind, each.name) for code in each.links)
