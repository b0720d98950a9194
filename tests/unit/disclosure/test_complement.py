"""Secondary suppression: trust C6 in one dimension."""

from hypothesis import given as some
from hypothesis import strategies as st

from lsp_assess.disclosure.complement import Parts, Relation, Spare, withheld
from lsp_assess.disclosure.gate import pass_gate
from lsp_assess.disclosure.rules import Figure, SmallGroup, SurveyEstimate
from lsp_assess.disclosure.tables import State
from tests.unit.disclosure.tables import number, one_column


def groups(**sizes: int) -> dict[str, SmallGroup]:
    return {name: SmallGroup(size) for name, size in sizes.items()}


def test_one_small_sector_takes_the_next_smallest_with_it() -> None:
    rules = groups(all=24, police=3, health=6, council=15)
    hidden = withheld(rules, [Relation(total="all", parts=("police", "health", "council"))])
    assert hidden == {"police", "health"}


def test_two_small_sectors_that_are_small_together_take_a_third() -> None:
    rules = groups(all=24, police=2, fire=2, health=6, council=14)
    hidden = withheld(rules, [Relation(total="all", parts=("police", "fire", "health", "council"))])
    assert hidden == {"police", "fire", "health"}


def test_two_small_sectors_that_are_large_enough_together_suffice() -> None:
    rules = groups(all=24, police=4, fire=4, health=6, council=10)
    hidden = withheld(rules, [Relation(total="all", parts=("police", "fire", "health", "council"))])
    assert hidden == {"police", "fire"}


def test_an_empty_group_needs_no_company() -> None:
    rules = groups(all=20, none=0, health=8, council=12)
    assert withheld(rules, [Relation(total="all", parts=("none", "health", "council"))]) == {"none"}


def test_one_joiner_hides_the_figures_of_the_matched() -> None:
    """All 13, matched 12: the joiner's scores would follow by subtraction."""
    rules = groups(all=13, matched=12, joined=1)
    assert withheld(rules, [Relation(total="all", parts=("matched", "joined"))]) == {"joined", "matched"}


def test_matched_and_all_stand_side_by_side_when_nobody_or_enough_joined() -> None:
    relation = Relation(total="all", parts=("matched", "joined"))
    assert withheld(groups(all=12, matched=12, joined=0), [relation]) == {"joined"}
    assert withheld(groups(all=17, matched=12, joined=5), [relation]) == set()


def test_all_minus_one_hides_the_total_where_there_is_nothing_else_to_hide() -> None:
    rules = groups(all=9, police=4, health=5)
    relation = Relation(total="all", parts=("police", "health"))
    assert withheld(rules, [relation]) == {"police", "health"}
    alone = groups(all=4, police=4)
    assert withheld(alone, [Relation(total="all", parts=("police",))]) == {"all", "police"}


def test_a_ward_is_not_found_through_its_group_of_wards() -> None:
    rules = {
        "all": SurveyEstimate(400, 380.0),
        "north": SurveyEstimate(120, 110.0),
        "south": SurveyEstimate(280, 270.0),
        "a": SurveyEstimate(20, 20.0),
        "b": SurveyEstimate(100, 95.0),
        "c": SurveyEstimate(25, 25.0),
        "d": SurveyEstimate(255, 240.0),
    }
    relations = [
        Relation(total="all", parts=("north", "south")),
        Relation(total="all", parts=("a", "b", "c", "d")),
        Relation(total="north", parts=("a", "b")),
        Relation(total="south", parts=("c", "d")),
    ]
    assert withheld(rules, relations) == {"a", "b", "c", "d"}


def test_one_rare_answer_takes_another_with_it() -> None:
    rules = {
        name: SurveyEstimate(200, 190.0, count=count)
        for name, count in {"never": 3, "seldom": 20, "often": 77, "always": 100}.items()
    }
    relation = Relation(total=None, parts=tuple(rules), divides=Parts.CATEGORIES)
    assert withheld(rules, [relation]) == {"never", "seldom"}


def test_where_most_wards_are_withheld_all_are() -> None:
    rules = {f"w{n}": SurveyEstimate(n, n) for n in (14, 20, 21, 25, 28, 35, 42)}
    rules["all"] = SurveyEstimate(185, 185.0)
    relation = Relation(total="all", parts=tuple(k for k in rules if k != "all"), spare=Spare.MOST)
    assert withheld(rules, [relation]) == set(rules) - {"all"}


@some(st.lists(st.integers(0, 30), min_size=2, max_size=9))
def test_what_is_withheld_together_is_never_a_small_group(sizes: list[int]) -> None:
    rules = {f"g{i}": SmallGroup(size) for i, size in enumerate(sizes)}
    rules["all"] = SmallGroup(sum(sizes))
    hidden = withheld(rules, [Relation(total="all", parts=tuple(f"g{i}" for i in range(len(sizes))))])
    if "all" in hidden:
        return
    gone = [rules[key].n for key in hidden if rules[key].n > 0]
    assert gone == [] or (len(gone) >= 2 and sum(gone) >= 5)
    assert all(rules[key].n >= 5 for key in rules.keys() - hidden)


def test_a_figure_withheld_in_one_table_is_withheld_in_every_other() -> None:
    sectors = one_column(
        {"police": (number(40), SmallGroup(3)), "health": (number(55), SmallGroup(6))}, table_id="a"
    )
    again = one_column({"health": (number(55), SmallGroup(6))}, table_id="b")
    everybody = Figure("all", SmallGroup(9))
    gated = pass_gate(
        [sectors, again], relations=[Relation(total="all", parts=("police", "health"))], unshown=[everybody]
    )
    assert gated.tables[1].cell("health", "value").state is State.WITHHELD
