"""What is frozen of a part when scoring closes: the strip without people, and medians of sectors."""

from fractions import Fraction
from itertools import product
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from lsp_assess.assessment.frozen import frozen_part, sector_medians
from lsp_assess.assessment.scores import Respondent
from lsp_assess.instruments.scales import MissingKind

SECTORS = ("council", "health", "police", "voluntary")
ORGANISATIONS = {uuid4(): sector for sector in SECTORS}
SCORES = st.lists(st.sampled_from(range(0, 101, 5)), max_size=9)


def people(by_sector: dict[str, list[int]]) -> list[Respondent]:
    organisation = {sector: id_ for id_, sector in ORGANISATIONS.items()}
    return [
        Respondent(uuid4(), organisation[sector], {"part": Fraction(score)})
        for sector, scores in by_sector.items()
        for score in scores
    ]


def medians(by_sector: dict[str, list[int]], threshold: int = 5) -> dict[str, Fraction]:
    return dict(sector_medians("part", people(by_sector), ORGANISATIONS, threshold=threshold))


def test_a_strip_is_as_many_people_of_whom_nothing_else_is_known() -> None:
    given = [*people({"council": [20, 50, 50, 60, 70, 90]}), Respondent(uuid4(), uuid4(), {})]
    given.append(Respondent(uuid4(), uuid4(), {"part": MissingKind.DONT_KNOW}))
    found = frozen_part("part", given, ORGANISATIONS, threshold=5)
    assert found is not None
    again = list(found.people("part"))
    assert sorted(score for person in again if (score := person.score("part")) is not None) == [
        20,
        50,
        50,
        60,
        70,
        90,
    ]
    assert [person.scores["part"] for person in again].count(MissingKind.DONT_KNOW) == 1
    assert len({(person.key, person.organisation) for person in again}) == 1


def test_of_few_or_of_nearly_all_alike_nothing_is_frozen() -> None:
    # trust C5
    for scores in ([10, 20, 30, 40], [50] * 10, [50] * 9 + [60]):
        assert frozen_part("part", people({"council": scores}), ORGANISATIONS, threshold=5) is None


def test_two_sectors_of_five_are_told_and_one_of_four_takes_the_other_along() -> None:
    # trust C5
    five, other = [10, 20, 30, 40, 50], [60, 70, 75, 80, 90]
    assert medians({"council": five, "police": other}) == {"council": 30, "police": 75}
    assert medians({"council": five, "police": other[:4]}) == {}


def test_of_three_sectors_a_small_one_takes_the_smallest_other_along() -> None:
    # trust C5
    given = {
        "council": [10, 20, 30, 40, 50, 60],
        "health": [5, 15, 25, 35, 45],
        "police": [70, 80, 90],
    }
    assert medians(given) == {"council": 35}


def test_whoever_belongs_to_no_sector_is_part_of_the_others() -> None:
    # trust C5
    nameless = Respondent(uuid4(), UUID(int=7), {"part": Fraction(100)})
    given = [*people({"council": [10, 20, 30, 40, 50]}), nameless]
    assert sector_medians("part", given, ORGANISATIONS, threshold=5) == {}


@given(st.fixed_dictionaries(dict.fromkeys(SECTORS, SCORES)))
def test_neither_a_sector_that_is_told_nor_all_others_together_are_fewer_than_the_threshold(
    given: dict[str, list[int]],
) -> None:
    # trust C5
    told, total = medians(given), sum(map(len, given.values()))
    for sector in told:
        assert len(given[sector]) >= 5
        assert total - len(given[sector]) >= 5
    untold = sum(len(scores) for sector, scores in given.items() if sector not in told)
    assert not told or untold == 0 or untold >= 5


@given(st.fixed_dictionaries(dict.fromkeys(SECTORS, SCORES)), st.randoms())
def test_the_order_of_people_is_of_no_account(given: dict[str, list[int]], chance: object) -> None:
    mixed = people(given)
    backwards = list(reversed(mixed))
    assert sector_medians("part", mixed, ORGANISATIONS, threshold=5) == sector_medians(
        "part", backwards, ORGANISATIONS, threshold=5
    )


def test_no_score_of_a_sector_that_is_told_follows_from_strip_and_medians() -> None:
    """Every way to deal the scores out to two sectors of five that gives the same medians is possible, and
    more than one score fits each person."""
    # trust C6
    strip = [10, 20, 30, 40, 50, 60, 70, 75, 80, 90]
    told = medians({"council": [10, 20, 30, 40, 50], "police": [60, 70, 75, 80, 90]})
    fits = set()
    for choice in product((True, False), repeat=len(strip)):
        ours = [score for score, mine in zip(strip, choice, strict=True) if mine]
        rest = [score for score, mine in zip(strip, choice, strict=True) if not mine]
        if len(ours) == 5 and medians({"council": ours, "police": rest}) == told:
            fits.update(ours)
    assert len(fits) > 5
