"""Findings as their page shows them: as they were written, and ranked once the votes are counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from lsp_assess.actions.findings import Gathered
from lsp_assess.actions.ranking import Turnout, as_counted, my_ballot, turnout
from lsp_assess.actions.settings import partnership
from lsp_assess.actions.work import Work
from lsp_assess.assessment.consensus import FindingKind
from lsp_assess.assessment.ranking import REVEALED, RankingStatus
from lsp_assess.database.instruments import instrument_of
from lsp_assess.database.loop import actions_of_findings
from lsp_assess.database.models.partnerships import Round
from lsp_assess.database.own_rows import own_row
from lsp_assess.disclosure.tables import Heading, Purpose, RoundLabel, SafeTable
from lsp_assess.kernel.messages import given, message
from lsp_assess.partnerships.roles import Role
from lsp_assess.reports.draft import Draft, gated
from lsp_assess.reports.spoken import said
from lsp_assess.reports.tables_ranked import ranked_table
from lsp_assess.web.exhibits import PageExhibit, page_exhibit
from lsp_assess.web.languages import language


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFinding:
    """`merged` are the words of those that it took in, `actions` the titles of what came of it."""

    id: UUID
    words: str
    criterion: str
    merged: tuple[str, ...]
    actions: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFindings:
    """`turnout` is for who gathers, while the ranking is open; `exhibit` there once it is closed. `has_voted`
    says so of the reader."""

    kinds: tuple[tuple[FindingKind, tuple[ShownFinding, ...]], ...]
    turnout: Turnout | None
    may_open: bool
    has_voted: bool
    exhibit: PageExhibit | None


def shown_findings(doing: Work, held: Gathered) -> ShownFindings:
    gathers = bool(doing.actor.roles & {Role.FACILITATOR, Role.COORDINATOR})
    is_open, id_ = held.ranking is RankingStatus.OPEN, held.collection.id
    return ShownFindings(
        kinds=tuple(_kinds(doing, held)),
        turnout=turnout(doing, id_) if is_open and gathers else None,
        may_open=held.may_gather and bool(held.findings) and held.collection.status in REVEALED,
        has_voted=held.may_vote and my_ballot(doing, id_) is not None,
        exhibit=_exhibit(doing, held) if held.ranking is RankingStatus.CLOSED and held.findings else None,
    )


def _kinds(doing: Work, held: Gathered) -> Iterator[tuple[FindingKind, tuple[ShownFinding, ...]]]:
    titles = {one.name: one.title.say(language()) for one in held.model.criteria}
    actions = actions_of_findings(doing.session, [row.id for row in held.findings])
    for kind in FindingKind:
        yield (
            kind,
            tuple(
                ShownFinding(
                    id=row.id,
                    words=row.words,
                    criterion=titles.get(row.criterion or "", ""),
                    merged=tuple(one.words for one in held.merged.get(row.id, ())),
                    actions=tuple((one.id, one.title) for one in actions.get(row.id, ())),
                )
                for row in held.findings
                if row.kind is kind
            ),
        )


def _exhibit(doing: Work, held: Gathered) -> PageExhibit:
    return page_exhibit(ranked_findings(doing, held), language())


def ranked_findings(doing: Work, held: Gathered) -> SafeTable:
    """Through the gate, as everything that tells of several people."""
    row, threshold = partnership(doing), partnership(doing).small_group
    round_ = own_row(doing.session, Round, held.collection.round_id)
    title = instrument_of(doing.session, held.collection.instrument_hash).title
    heading = Heading(
        id="level_one.ranked",
        title=message("level_one.title.ranked"),
        purpose=Purpose.FEASIBILITY,
        base=message("level_one.base.ranked"),
        source=message("residents.source", survey=said(title), by=given(row.name)),
        rounds=(RoundLabel(str(round_.id), given(round_.name)),) if round_ else (),
    )
    counted = [as_counted(one, threshold=threshold) for one in held.findings]
    return gated(Draft(tables=(ranked_table(counted, heading=heading, threshold=threshold),))).tables[0]
