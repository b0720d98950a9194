"""The adults who were selected: one of each household, by Kish's grid.

Assumed: a third of the households have one adult, half of them two. Ages are drawn as in a town with some
students and many who have retired. Somebody's year of birth stays, so that ages move on with the rounds.
"""

from dataclasses import dataclass

from lsp_assess.demonstration.chance import stream
from lsp_assess.residents.selection import kish_select, kish_table

ADULTS = {1: 0.33, 2: 0.49, 3: 0.12, 4: 0.05, 5: 0.01}
# First and last age of a band, and its share of the adults.
AGES = {
    (18, 24): 0.11,
    (25, 34): 0.17,
    (35, 44): 0.17,
    (45, 54): 0.17,
    (55, 64): 0.15,
    (65, 74): 0.12,
    (75, 94): 0.11,
}
FEMALE_SHARE = 0.515
OTHER_SEX_SHARE = 0.005


@dataclass(frozen=True, slots=True)
class ResidentPlan:
    """`index` counts all who were ever selected; `age` is that of the round `since`."""

    index: int
    household: int
    since: int
    adults: int
    age: int
    sex: str

    def age_in(self, round_number: int) -> int:
        return self.age + round_number - self.since


def move_in(index: int, household: int, *, since: int) -> ResidentPlan:
    """The adult whom the grid picks among those who live there; adults are numbered oldest first."""
    chance = stream("resident", household, since)
    adults = int(chance.choice(list(ADULTS), p=list(ADULTS.values())))
    bands = list(AGES)
    drawn = [bands[int(place)] for place in chance.choice(len(bands), size=adults, p=list(AGES.values()))]
    ages = sorted((int(chance.integers(first, last + 1)) for first, last in drawn), reverse=True)
    selected = kish_select(kish_table(household), adults)
    other, female = chance.random(2)
    sex = "other" if other < OTHER_SEX_SHARE else "female" if female < FEMALE_SHARE else "male"
    return ResidentPlan(index, household, since, adults, ages[selected - 1], sex)
