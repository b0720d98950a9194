"""The integer audit over everything published together."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import pytest
from hypothesis import given as some
from hypothesis import settings
from hypothesis import strategies as st

from lsp_assess.disclosure.audit import Audit, audit, to_withhold
from lsp_assess.disclosure.complement import NARROWEST, Parts, Rate, Relation
from lsp_assess.disclosure.gate import pass_gate
from lsp_assess.disclosure.integers import Interval
from lsp_assess.disclosure.protecting import protected, published
from lsp_assess.disclosure.published import Published
from lsp_assess.disclosure.rules import Figure, Open, Rule, SmallGroup, SurveyCount, SurveyEstimate
from lsp_assess.disclosure.tables import Column, Kind, RawCell, RawRow, RawTable, Role, State, Unit
from lsp_assess.disclosure.values import Number, Strip, Value, Words
from lsp_assess.kernel.errors import Invalid
from lsp_assess.kernel.messages import given
from tests.trust_run import Figure as Say
from tests.trust_run import Times
from tests.unit.disclosure.attacker import possible_answers, possible_sizes
from tests.unit.disclosure.tables import AREA, heading, number, one_column

PEOPLE = Column(key="value", kind=Kind.COUNT, heading=given("People"), unit=Unit.PEOPLE)
SHARE = Column(key="value", kind=Kind.PERCENT, heading=given("%"), unit=Unit.PERCENT, decimals=1)
STRIP = Column(key="value", kind=Kind.STRIP, heading=given("Scores"), unit=Unit.SCORE)


def naive(
    rules: dict[str, Rule],
    *relations: Relation,
    rates: Sequence[Rate] = (),
    shares: Mapping[str, float] = MappingProxyType({}),
) -> Published:
    """What a gate would publish that looks at each figure alone."""
    told: dict[str, tuple[Value | None, Rule | None]] = {
        key: (number(getattr(rule, "n", getattr(rule, "count", 0))), rule)
        for key, rule in rules.items()
        if key not in shares
    }
    tables = [one_column(told, column=PEOPLE)]
    if shares:
        rated: dict[str, tuple[Value | None, Rule | None]] = {
            key: (number(share), rules[key]) for key, share in shares.items()
        }
        tables.append(one_column(rated, column=SHARE, table_id="rates"))
    return published(pass_gate(tables), release="1", relations=relations, rates=rates)


def sizes(**numbers: int) -> dict[str, Rule]:
    return {name: SmallGroup(n) for name, n in numbers.items()}


def betrayed(found: Audit) -> dict[str, tuple[Interval, list[str]]]:
    return {
        one.figure: (one.interval, sorted(source.place.row for source in one.sources))
        for one in found.betrayals
    }


def test_a_sector_left_over_of_all_is_found_with_the_cells_that_tell_it() -> None:
    # trust C6
    release = naive(sizes(all=9, police=4, health=5), Relation(total="all", parts=("police", "health")))
    found = audit([release])
    assert betrayed(found) == {"police": (Interval(4, 4), ["all", "health"])}
    assert [place.row for _, place in found.betrayals[0].cells] == ["police"]


def test_a_ward_is_found_through_its_group_of_wards_and_the_other_group() -> None:
    # trust C6
    rules = sizes(all=40, north=16, south=24, a=4, b=12, c=4, d=20)
    release = naive(
        {key: rule for key, rule in rules.items() if key != "north"} | {"north": SmallGroup(16)},
        Relation(total="all", parts=("north", "south")),
        Relation(total="north", parts=("a", "b")),
        Relation(total="south", parts=("c", "d")),
    )
    assert set(betrayed(audit([release]))) == {"a", "c"}


def test_two_filters_that_overlap_are_found_although_each_alone_protects() -> None:
    """Sectors by who came and who stayed: each row and each column hides two, and the corner follows."""
    # trust C6
    rules = sizes(all=30, p=6, h=8, c=16, new=8, old=22, pn=2, ph=4, hn=2, hh=6, cn=4, ch=12)
    shown = {key: rule for key, rule in rules.items() if key not in ("ph",)} | {"ph": SmallGroup(4)}
    relations = [
        Relation(total="p", parts=("pn", "ph")),
        Relation(total="h", parts=("hn", "hh")),
        Relation(total="c", parts=("cn", "ch")),
        Relation(total="new", parts=("pn", "hn", "cn")),
        Relation(total="old", parts=("ph", "hh", "ch")),
        Relation(total="all", parts=("new", "old")),
    ]
    assert {"hn", "cn", "pn", "ph"} <= set(betrayed(audit([naive(shown, *relations)])))


def test_those_who_did_not_know_tell_how_few_did() -> None:
    # trust C6
    rules: dict[str, Rule] = {"answered": SmallGroup(10), "scored": SmallGroup(3), "unknown": Open(7)}
    table = one_column({"answered": (number(10), rules["answered"])}, column=PEOPLE, table_id="a")
    reasons = one_column({"unknown": (number(7), rules["unknown"])}, column=PEOPLE, table_id="b")
    scored = [Figure("scored", rules["scored"])]
    relation = Relation(total="answered", parts=("scored", "unknown"))
    release = published(
        pass_gate([table, reasons], unshown=scored), release="1", relations=[relation], unshown=scored
    )
    assert betrayed(audit([release])) == {"scored": (Interval(3, 3), ["answered", "unknown"])}


def test_two_response_rates_tell_how_few_broke_off_between_them() -> None:
    # trust C6
    rules: dict[str, Rule] = {
        "complete": SurveyCount(120),
        "partial": SurveyCount(3),
        "refused": SurveyCount(80),
        "rr1": Open(120),
        "rr2": Open(123),
    }
    outcomes = ("complete", "partial", "refused")
    rates = [
        Rate(figure=name, numerator=counted, denominator=outcomes)
        for name, counted in (("rr1", ("complete",)), ("rr2", ("complete", "partial")))
    ]
    release = naive(rules, rates=rates, shares={"rr1": 12000 / 203, "rr2": 12300 / 203})
    assert "partial" in betrayed(audit([release]))


def test_an_earlier_round_told_again_without_the_one_who_withdrew_is_withheld() -> None:
    """Round 1 stands in release 1 with thirteen, in release 2 with twelve."""
    # trust C6
    before, now = (strip({20: 3, 40: 5, 60: low, 80: 3}) for low in (2, 1))
    _, first = protected([before], release="1", earlier=[])
    gated, second = protected([now], release="2", earlier=[first])
    assert first.tables[0].cell("all", "value").state is State.SHOWN
    assert gated.tables[0].cell("all", "value").state is State.WITHHELD
    assert audit([first, second]).betrayals == ()


def test_a_correction_of_one_answer_is_withheld_and_one_of_five_is_told() -> None:
    # trust C6
    _, first = protected([strip({20: 5, 40: 5, 60: 5, 80: 5})], release="1", earlier=[])
    one, _ = protected([strip({20: 5, 40: 5, 60: 4, 80: 6})], release="1.2", earlier=[first])
    five = {20: 1, 40: 4, 60: 6, 80: 9}
    several, _ = protected([strip(five)], release="1.2", earlier=[first])
    assert one.tables[0].cell("all", "value").state is State.WITHHELD
    assert several.tables[0].cell("all", "value").state is State.SHOWN


def test_a_correction_that_changes_nothing_of_the_people_withholds_nothing() -> None:
    raw = strip({20: 5, 40: 5, 60: 5})
    _, first = protected([raw], release="1", earlier=[])
    again, _ = protected([raw], release="1.2", earlier=[first])
    assert again.tables == first.tables


def test_a_share_that_moves_with_one_resident_is_withheld_and_one_that_stays_is_told() -> None:
    # trust C6
    def survey(n: int, yes: int) -> RawTable:
        cells: dict[str, tuple[Value | None, Rule | None]] = {
            "all": (number(100 * yes / n), SurveyEstimate(n, float(n), yes))
        }
        column = Column(key="value", kind=Kind.PERCENT, heading=given("%"), unit=Unit.PERCENT)
        return one_column(cells, column=column)

    _, first = protected([survey(120, 60)], release="1", earlier=[])
    moved, _ = protected([survey(119, 59)], release="1.2", earlier=[first])
    _, larger = protected([survey(1200, 600)], release="1", earlier=[])
    stayed, _ = protected([survey(1199, 600)], release="1.2", earlier=[larger])
    assert moved.tables[0].cell("all", "value").state is State.SHOWN  # 50 % then and now
    assert stayed.tables[0].cell("all", "value").state is State.SHOWN
    flipped, _ = protected([survey(119, 61)], release="1.2", earlier=[first])
    assert flipped.tables[0].cell("all", "value").state is State.WITHHELD


def test_the_gate_withholds_what_the_audit_finds_until_it_finds_nothing() -> None:
    """Three small ones that add up to five: each but one is known to be somebody."""
    # trust C6
    rules = sizes(all=20, a=2, b=2, c=1, d=15)
    relation = Relation(total="all", parts=("a", "b", "c", "d"))
    raw = one_column({key: (number(rule.size), rule) for key, rule in rules.items()}, column=PEOPLE)
    gated, now = protected([raw], release="1", earlier=[], relations=[relation])
    assert audit([now]).betrayals == ()
    assert gated.tables[0].cell("all", "value").state is State.SHOWN
    assert gated.tables[0].cell("d", "value").state is State.WITHHELD


def test_a_release_that_ties_together_what_was_told_before_is_refused() -> None:
    """Five, and two of them, were told of apart; that they are two and two and one is known afterwards."""
    # trust C6
    rules = sizes(all=5, a=2, b=2, c=1)

    def told(*keys: str) -> RawTable:
        return one_column({key: (number(rules[key].size), rules[key]) for key in keys}, column=PEOPLE)

    _, first = protected([told("all", "a")], release="1", earlier=[])
    assert audit([first]).betrayals == ()
    with pytest.raises(Invalid) as refused:
        protected(
            [told("all", "a", "b", "c")],
            release="2",
            earlier=[first],
            relations=[Relation(total="all", parts=("a", "b", "c"))],
        )
    assert [problem.code for problem in refused.value.problems] == ["release_betrays"]


def test_what_to_withhold_is_of_the_new_release_or_nothing() -> None:
    release = naive(sizes(all=9, police=4, health=5), Relation(total="all", parts=("police", "health")))
    (one,) = audit([release]).betrayals
    chosen = to_withhold(one, release="1")
    assert chosen is not None
    assert chosen.key == "health"
    assert to_withhold(one, release="2") is None


def strip(people: dict[int, int]) -> RawTable:
    n = sum(people.values())
    rule = SmallGroup(n, dominant_share=max(people.values()) / n)
    value = Strip(tuple((float(score), count) for score, count in people.items()))
    return one_column({"all": (value, rule)}, column=STRIP)


CROSS = {
    "all": (0, 1, 2, 3),
    "police": (0, 1),
    "health": (2, 3),
    "stayed": (0, 2),
    "came": (1, 3),
    "police/stayed": (0,),
    "police/came": (1,),
    "health/stayed": (2,),
    "health/came": (3,),
}
CROSSED = [
    Relation(total="all", parts=("police", "health")),
    Relation(total="all", parts=("stayed", "came")),
    Relation(total="police", parts=("police/stayed", "police/came")),
    Relation(total="health", parts=("health/stayed", "health/came")),
    Relation(total="stayed", parts=("police/stayed", "health/stayed")),
    Relation(total="came", parts=("police/came", "health/came")),
]
NEAR = 4
"""How far beside the truth the two are compared."""


def near(low: int, high: int, truth: int) -> tuple[int, int]:
    return max(low, truth - NEAR), min(high, truth + NEAR)


def test_the_audit_knows_as_much_as_one_who_tries_every_table(times: Times, figure: Say) -> None:
    """Two sectors by who came and who stayed; some published by a gate that looks at each figure alone."""
    # trust C6
    compared: list[int] = []

    @settings(max_examples=times(few=25, full=400), deadline=None, derandomize=True)
    @some(st.lists(st.integers(0, 7), min_size=4, max_size=4), st.sampled_from(["naive", "gate"]))
    def hold(atoms: list[int], how: str) -> None:
        rules = sizes(**{key: sum(atoms[atom] for atom in group) for key, group in CROSS.items()})
        rules = {key: rule for key, rule in rules.items() if rule.size}
        relations = [
            Relation(total=one.total, parts=tuple(part for part in one.parts if part in rules))
            for one in CROSSED
            if one.total in rules
        ]
        raw = one_column({key: (number(rule.size), rule) for key, rule in rules.items()}, column=PEOPLE)
        if how == "gate":
            gated, release = protected([raw], release="1", earlier=[], relations=relations)
        else:
            gated = pass_gate([raw])
            release = published(gated, release="1", relations=relations)
        found = audit([release])
        members = {key: [a for a in CROSS[key] if atoms[a]] for key in rules}
        places = {atom: i for i, atom in enumerate(sorted({a for group in members.values() for a in group}))}
        if not places:
            return
        tried = possible_sizes(
            gated.tables[0],
            {key: [places[atom] for atom in group] for key, group in members.items()},
            most=7 + 2 * NEAR,
            threshold=5,
        )
        for one, known in found.known:
            n = int(rules[one.figure].size)
            assert near(known.low, known.high, n) == near(*tried[one.figure], n)
            assert how == "naive" or known.width >= NARROWEST
            compared.append(known.width)

    hold()
    narrow = sum(width < NARROWEST for width in compared)
    assert 0 < narrow < len(compared)
    figure(
        f"tiny partnerships: {len(compared)} intervals as by trying every table, {narrow} narrow, "
        "none of them by the gate"
    )


def distribution(counts: list[int]) -> tuple[RawTable, list[Relation], dict[str, int]]:
    """Unweighted answers from worst to best; the two best are what is followed."""
    n = sum(counts)
    rules = {f"a{i}": SurveyEstimate(n, float(n), count) for i, count in enumerate(counts)}
    good = sum(counts[2:])
    followed = Figure("good", SurveyEstimate(n, float(n), good))
    columns = (
        AREA,
        *(
            Column(key=key, kind=Kind.PERCENT, heading=given(key), role=Role.CATEGORY, unit=Unit.PERCENT)
            for key in rules
        ),
        Column(key="good", kind=Kind.PERCENT, heading=given("good"), unit=Unit.PERCENT),
        Column(key="n", kind=Kind.COUNT, heading=given("n"), role=Role.BASE, unit=Unit.PEOPLE),
    )
    cells = (
        RawCell(Words(given("all"))),
        *(
            RawCell(Number(100 * count / n), (Figure(key, rules[key]),))
            for key, count in zip(rules, counts, strict=True)
        ),
        RawCell(Number(100 * good / n), (followed,)),
        RawCell(Number(n), (Figure("base", SurveyEstimate(n, float(n))),)),
    )
    table = RawTable(heading=heading(), columns=columns, rows=(RawRow(key="all", cells=cells),))
    parts = tuple(rules)
    relations = [
        Relation(total="good", parts=parts[2:], divides=Parts.CATEGORIES),
        Relation(total=None, parts=parts, divides=Parts.CATEGORIES),
        Relation(total="base", parts=parts, divides=Parts.CATEGORIES),
    ]
    return table, relations, dict(zip(rules, counts, strict=True))


def test_answers_are_known_no_better_than_by_trying_every_distribution(times: Times, figure: Say) -> None:
    # trust C6
    compared: list[int] = []

    @settings(max_examples=times(few=8, full=60), deadline=None, derandomize=True)
    @some(
        st.lists(st.integers(0, 9), min_size=2, max_size=2),
        st.integers(8, 12),
        st.integers(22, 24),
        st.permutations(range(4)),
        st.booleans(),
    )
    def hold(few: list[int], some_more: int, many: int, order: list[int], alone: bool) -> None:
        counts = [[*few, some_more, many][place] for place in order]
        table, relations, truth = distribution(counts)
        if alone:
            gated = pass_gate([table])
            release = published(gated, release="1", relations=relations)
        else:
            gated, release = protected([table], release="1", earlier=[], relations=relations)
        found = audit([release])
        tried = possible_answers(gated.tables[0], answers=4, bases=range(30, 58))
        for one, known in found.known:
            if one.figure not in truth or len(one.factors) > 1:
                continue
            n = truth[one.figure]
            assert near(known.low, known.high, n) == near(*tried[one.figure], n)
            assert alone or known.width >= NARROWEST
            compared.append(known.width)

    hold()
    narrow = sum(width < NARROWEST for width in compared)
    figure(f"tiny distributions: {len(compared)} intervals as by trying every one, {narrow} narrow")
