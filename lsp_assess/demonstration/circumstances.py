"""What residents are and do: facts that stay, and habits that mostly do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lsp_assess.demonstration.chance import stream
from lsp_assess.demonstration.opinions import Fieldwork, cut, leanings
from lsp_assess.demonstration.places import WARDS
from lsp_assess.demonstration.residents import ResidentPlan

# Facts and habits, with their shares in the order of the scale beneath, worse off first.
FACTS: Mapping[str, Mapping[str, float]] = {
    "residence_length": {
        "under_2_years": 0.12,
        "2_to_5_years": 0.19,
        "6_to_10_years": 0.18,
        "11_to_20_years": 0.22,
        "over_20_years": 0.29,
    },
    "tenure": {"social_rent": 0.2, "private_rent": 0.19, "other": 0.02, "owned": 0.59},
    "ethnic_group": {"asian": 0.07, "black": 0.03, "mixed": 0.03, "other": 0.02, "white": 0.85},
    "disability": {"a_lot": 0.08, "a_little": 0.12, "no": 0.8},
}
HABITS: Mapping[str, Mapping[str, float]] = {
    "crime_victim": {"yes": 0.13, "no": 0.87},
    "crime_reported": {"no": 0.45, "yes": 0.55},
    "more_say": {"no": 0.34, "depends": 0.23, "yes": 0.43},
    "volunteering": {"not_at_all": 0.58, "less_often": 0.19, "monthly": 0.1, "weekly": 0.13},
    "life_changed": {"worse": 0.14, "both": 0.08, "no": 0.64, "better": 0.14},
    "partnership_heard": {"no": 0.66, "name_only": 0.2, "know_what_it_does": 0.14},
}
# Moved along the scale in rounds 1 to 4.
TRENDS = {
    "crime_victim": (0.0, 0.06, 0.12, 0.12),
    "partnership_heard": (0.0, 0.1, 0.2, 0.2),
    "volunteering": (0.0, 0.0, -0.05, -0.05),
}
POORER = -0.35  # how far priority neighbourhoods lie down the scale of facts

PRIORITIES = {
    "crime": 0.42,
    "clean_streets": 0.33,
    "parks": 0.12,
    "housing": 0.28,
    "housing_condition": 0.14,
    "jobs": 0.2,
    "skills": 0.07,
    "schools": 0.13,
    "young_people": 0.34,
    "older_people": 0.13,
    "health": 0.36,
    "care": 0.14,
    "transport": 0.27,
    "roads": 0.37,
    "traffic": 0.22,
    "shops": 0.25,
    "community": 0.1,
    "other": 0.04,
}
OTHER_PRIORITIES = (
    "Dog fouling on the towpath",
    "A crossing at the school",
    "Broadband in the villages",
    "The clock",
)
CIVIC = {"contacted": 0.14, "meeting": 0.07, "petition": 0.17, "consultation": 0.11, "group": 0.08}
MOST_PRIORITIES = 5

# Up to an age, what adults do.
WORK = {
    24: {"full_time": 0.38, "part_time": 0.16, "training": 0.33, "seeking": 0.09, "other": 0.04},
    64: {
        "full_time": 0.55,
        "part_time": 0.15,
        "self_employed": 0.1,
        "seeking": 0.04,
        "caring": 0.07,
        "sick_or_disabled": 0.06,
        "training": 0.02,
        "other": 0.01,
    },
    66: {"full_time": 0.3, "part_time": 0.2, "retired": 0.4, "sick_or_disabled": 0.1},
    200: {"retired": 0.92, "part_time": 0.05, "self_employed": 0.03},
}
CHILDREN = (0.66, 0.15, 0.13, 0.05, 0.01)
BANDS = (
    (24, "18_to_24"),
    (34, "25_to_34"),
    (44, "35_to_44"),
    (54, "45_to_54"),
    (64, "55_to_64"),
    (74, "65_to_74"),
)


@dataclass(frozen=True, slots=True)
class About:
    """What somebody says about themselves."""

    age_group: str
    work: str
    children: int


def choices(item: str, work: Fieldwork) -> list[str]:
    """Everybody's answer to a fact or a habit."""
    shares = FACTS.get(item) or HABITS[item]
    if item in FACTS:
        leaning = leanings(item, work, lasting=0.85, moment=0.0)
        poorer = np.array([POORER if ward.is_priority else -POORER / 3 for ward in WARDS])
        leaning = leaning + poorer[work.wards]
    else:
        leaning = leanings(item, work) + TRENDS.get(item, (0.0,) * 4)[work.round_number - 1]
    values = list(shares)
    return [values[place] for place in cut(leaning, tuple(shares.values()))]


def priorities(work: Fieldwork) -> Iterator[tuple[str, ...]]:
    """Up to five each, mostly those that somebody also named the last time."""
    names, weights = list(PRIORITIES), np.log(list(PRIORITIES.values()))
    wanted = stream("how many priorities", work.round_number).integers(1, MOST_PRIORITIES + 1, size=work.size)
    columns = [leanings(f"priority {name}", work) for name in names]
    order = np.argsort(-(np.column_stack(columns) + weights), axis=1)
    for row, number in zip(order, wanted, strict=True):
        chosen = {names[place] for place in row[:number]}
        yield tuple(name for name in names if name in chosen)


def civic_activity(work: Fieldwork) -> Iterator[tuple[str, ...]]:
    done = np.column_stack(
        [cut(leanings(f"civic {name}", work), (1 - share, share)) for name, share in CIVIC.items()]
    )
    for row in done:
        yield tuple(name for name, does in zip(CIVIC, row, strict=True) if does) or ("none",)


def about(resident: ResidentPlan, round_number: int) -> About:
    age = resident.age_in(round_number)
    chance = stream("about", resident.index)
    shares = next(shares for upto, shares in WORK.items() if age <= upto)
    work = str(chance.choice(list(shares), p=list(shares.values())))
    children = int(chance.choice(len(CHILDREN), p=CHILDREN)) if age < 60 else 0
    return About(next((band for upto, band in BANDS if age <= upto), "75_and_over"), work, children)


def any_of(sentences: Sequence[str], *topic: str | int) -> str:
    return str(stream(*topic).choice(sentences))
