"""Three rounds of a small partnership, published one after the other: nobody's score follows from it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random
from uuid import UUID

import pytest
from hypothesis import given as some
from hypothesis import settings
from hypothesis import strategies as st

from lsp_assess.assessment.scores import Respondent
from lsp_assess.disclosure.audit import audit
from lsp_assess.disclosure.complement import NARROWEST
from lsp_assess.disclosure.gate import pass_gate
from lsp_assess.disclosure.published import Published
from lsp_assess.disclosure.tables import RawTable, SafeTable, State
from lsp_assess.reports.draft import audited
from lsp_assess.reports.partners import Driver
from lsp_assess.reports.tables_level_one import level_one_tables
from tests.trust_run import Figure, Times
from tests.unit.reports.colleague import SCALE, Colleague, Issue
from tests.unit.reports.drivers import FIRST, PARTS, SECOND, THIRD, driver

ROUNDS = (FIRST, SECOND, THIRD)
FULL = 60


@dataclass(frozen=True)
class Partner:
    """Scores of the first part by round; None where the person was not there. `withdraws`: the answers are
    taken back before the last release."""

    sector: str
    scores: tuple[int | None, ...]
    withdraws: bool = False


Partners = Sequence[Partner]


def respondents(partners: Partners, place: int, *, last: bool) -> list[Respondent]:
    """The other parts are scored at random, so that they are no second telling of the first."""
    chance = Random(place)
    return [
        Respondent(
            UUID(int=i + 1),
            UUID(int=1000 + i),
            {part: Fraction(score if part == PARTS[0] else chance.choice(SCALE)) for part in PARTS},
        )
        for i, one in enumerate(partners)
        if (score := one.scores[place]) is not None and not (last and one.withdraws)
    ]


def drafted(partners: Partners, rounds: int, *, last: bool) -> Driver:
    sectors = {UUID(int=1000 + i): one.sector for i, one in enumerate(partners)}
    return driver(*(respondents(partners, i, last=last) for i in range(rounds)), sectors=sectors)


def issue(of: Driver, tables: Sequence[SafeTable], partners: Partners) -> Issue:
    scored = {
        one.round.key: {p.key.int: int(p.scores[PARTS[0]]) for p in one.people}  # type: ignore[arg-type]
        for one in of.rounds
    }
    return Issue(tables, scored, {i + 1: one.sector for i, one in enumerate(partners)})


def published(partners: Partners) -> tuple[list[Published], list[Issue]]:
    """A release a round, and a correction of the third without those who withdrew."""
    releases: list[Published] = []
    issues: list[Issue] = []
    for name, rounds, last in (("1", 1, False), ("2", 2, False), ("3", 3, False), ("3.2", 3, True)):
        of = drafted(partners, rounds, last=last)
        if of.now.people:
            passed, release = audited(level_one_tables(of), release=name, earlier=releases)
            releases.append(release)
            issues.append(issue(of, passed.tables, partners))
    return releases, issues


def told(issues: Sequence[Issue]) -> list[tuple[int, str]]:
    return list(Colleague(PARTS[0], "leadership", issues).told())


SCORES = st.sampled_from(SCALE)
SECTORS = st.sampled_from(["council", "health", "voluntary"])


def partner(*present: bool, withdraws: bool = False) -> st.SearchStrategy[Partner]:
    scores = st.tuples(*(SCORES if here else st.none() for here in present))
    return st.builds(Partner, sector=SECTORS, scores=scores, withdraws=st.just(withdraws))


ALWAYS = partner(True, True, True)
SOMETIMES = st.one_of(
    partner(True, True, False),
    partner(True, False, True),
    partner(False, True, True),
    partner(True, False, False),
    partner(False, False, True),
    partner(True, True, True, withdraws=True),
)


def test_nobodys_score_follows_from_all_that_is_published_over_three_rounds(
    times: Times, figure: Figure
) -> None:
    # trust C5, C6
    most = times(few=6, full=FULL)
    seen: Counter[str] = Counter()

    @settings(max_examples=most, deadline=None, derandomize=most < FULL, database=None)
    @some(
        always=st.lists(ALWAYS, min_size=4, max_size=12),
        left=partner(True, False, False),
        joined=partner(False, True, True),
        others=st.lists(SOMETIMES, max_size=8),
    )
    def hold(always: list[Partner], left: Partner, joined: Partner, others: list[Partner]) -> None:
        releases, issues = published([*always, left, joined, *others])
        assert told(issues) == []
        found = audit(releases)
        assert found.betrayals == ()
        assert all(known.width >= NARROWEST for _, known in found.known)
        seen.update(partnerships=1, cells=found.cells, protected=len(found.known))

    hold()
    figure(
        f"{seen['partnerships']} random partnerships over three rounds with a correction, in each of which "
        f"one left and one joined: {seen['cells']} cells, {seen['protected']} protected numbers, no score "
        "follows"
    )


@pytest.mark.parametrize("size", [5, 6, 7, 8])
def test_in_a_partnership_of_five_to_eight_one_leaves_and_one_joins(size: int) -> None:
    # trust C5, C6
    chance = Random(size)

    def scores(*present: bool) -> Partner:
        return Partner("council", tuple(chance.choice(SCALE) if here else None for here in present))

    partners = [scores(True, True, True) for _ in range(size - 1)]
    partners += [scores(True, False, False), scores(False, True, True)]
    releases, issues = published(partners)
    assert told(issues) == []
    assert audit(releases).betrayals == ()
    criteria = next(table for table in issues[-1].tables if table.id == "level_one.criteria")
    shown = [criteria.cell("total", f"value:{one.key}").state for one in ROUNDS]
    dominated = any(n >= 0.9 * size for n in _fullest(issues[-1]))
    assert dominated or shown == [State.SHOWN] * 3


def _fullest(last: Issue) -> list[int]:
    return [max(Counter(scores.values()).values()) for scores in last.scored.values()]


def test_the_colleague_finds_out_what_no_gate_holds_back() -> None:
    """The medians of those who came back and of the one who did not tell what that one gave."""
    moves = ((20, 40), (20, 20), (40, 20), (40, 60), (60, 60))
    partners = [
        *(Partner("council", (*scores, None)) for scores in moves),
        Partner("council", (80, None, None)),
    ]
    of = drafted(partners, 2, last=False)
    open_ = [_without_rules(table) for table in level_one_tables(of).tables]
    assert (6, FIRST.key) in told([issue(of, pass_gate(open_).tables, partners)])


def _without_rules(table: RawTable) -> RawTable:
    rows = (replace(row, cells=tuple(replace(cell, figures=()) for cell in row.cells)) for row in table.rows)
    return replace(table, rows=tuple(rows))
