"""A small survey of two rounds for the tests of this folder: forty clusters, all visited twice."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from lsp_assess.disclosure.release import RoundStated
from lsp_assess.estimation import simple_random_sample, stated_design
from lsp_assess.kernel.messages import given
from lsp_assess.reports.survey import AreaStated, ResidentSurvey, RoundDesign, with_followed
from lsp_assess.reports.survey_asked import AnswerPoint, Asking, Measure, Standing, SurveyQuestion

FIRST, SECOND = RoundStated("r1", given("2024"), 1), RoundStated("r2", given("2025"), 2)
BOTH_SAME = {"r1": Asking.SAME, "r2": Asking.SAME}


def satisfaction(**changes: object) -> SurveyQuestion:
    settings = {
        "key": "satisfied",
        "title": given("Satisfied with the area"),
        "measure": Measure.FAVOURABLE,
        "base": given("All who answered"),
        "points": tuple(AnswerPoint(i, given(f"point {i}")) for i in range(1, 6)),
        "favourable": (4, 5),
        "unfavourable": (1, 2),
        "standing": Standing.HEADLINE,
        "asked": BOTH_SAME,
    }
    return SurveyQuestion(**(settings | changes))  # type: ignore[arg-type]


def wellbeing(**changes: object) -> SurveyQuestion:
    settings = {
        "key": "life",
        "title": given("Life satisfaction"),
        "measure": Measure.MEAN,
        "base": given("All who answered"),
        "asked": BOTH_SAME,
        "span": 10.0,
    }
    return SurveyQuestion(**(settings | changes))  # type: ignore[arg-type]


def answers(per_area: dict[str, int], *, seed: int = 7, lift: float = 0.0) -> pd.DataFrame:
    """`per_area` interviews a round in each area; in the second round answers move up by chance `lift`."""
    random = np.random.default_rng(seed)
    rows = []
    for round_key in ("r1", "r2"):
        for area, n in per_area.items():
            for i in range(n):
                up = random.random() < (lift if round_key == "r2" else 0)
                satisfied = min(5, int(random.integers(1, 6)) + (2 if up else 0))
                rows.append((round_key, area, area[0], f"{area}-{i % 10}", satisfied, random.integers(0, 11)))
    return pd.DataFrame(rows, columns=["round", "area", "group", "cluster", "satisfied", "life"])


def survey(
    frame: pd.DataFrame,
    *questions: SurveyQuestion,
    design: Callable[[pd.DataFrame], object] | None = None,
    designs: tuple[RoundDesign, ...] = (),
) -> ResidentSurvey:
    asked = questions or (satisfaction(), wellbeing())
    ready = with_followed(frame, asked)
    made = stated_design(ready, clusters="cluster", rounds="round") if design is None else design(ready)
    areas = sorted(set(frame["area"]))
    return ResidentSurvey(
        rounds=(FIRST, SECOND),
        questions=asked,
        areas=tuple(AreaStated(area, given(area), area[0]) for area in areas),
        groups=tuple(AreaStated(group, given(group)) for group in sorted({a[0] for a in areas})),
        design=made,  # type: ignore[arg-type]
        designs=designs
        or tuple(RoundDesign(round=one, has_strata=False, has_clusters=True) for one in BOTH_SAME),
        source=given("Survey"),
        smallest_change=0.05,
    )


def unweighted(frame: pd.DataFrame) -> object:
    return simple_random_sample(frame, rounds="round")
