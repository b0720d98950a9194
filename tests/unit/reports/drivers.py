"""A driver of two criteria for the tests of this folder: leadership (100, two parts) and resident results
(200, split 75 to 25)."""

from collections.abc import Sequence
from fractions import Fraction
from uuid import UUID

from lsp_assess.assessment.consensus import AgreedScore
from lsp_assess.assessment.scores import Respondent
from lsp_assess.disclosure.release import RoundStated
from lsp_assess.instruments.scales import Scale, Steps
from lsp_assess.instruments.scoring import Criterion, Part, ScoringModel
from lsp_assess.instruments.text import Text
from lsp_assess.kernel.messages import given
from lsp_assess.reports.partners import Driver, DriverRound

FIRST, SECOND = RoundStated("r1", given("2024"), 1), RoundStated("r2", given("2025"), 2)
THIRD = RoundStated("r3", given("2026"), 3)
HALF = Fraction(1, 2)


def criterion(number: int, name: str, points: int, **parts: Fraction) -> Criterion:
    made = tuple(Part(item, share) for item, share in parts.items())
    return Criterion(number, name, "enabler", points, Text((("en", name),)), made)


MODEL = ScoringModel(
    "radar",
    (
        criterion(1, "leadership", 100, vision=HALF, trust=HALF),
        criterion(6, "resident_results", 200, perceptions=Fraction(3, 4), measures=Fraction(1, 4)),
    ),
    minimum_coverage=Fraction(2, 3),
    spread_to_discuss=25,
)
PARTS = ("vision", "trust", "perceptions", "measures")


def person(number: int, *scores: int, organisation: int | None = None) -> Respondent:
    """`scores` in the order of PARTS; the last one stands for those that follow."""
    filled = [*scores, *[scores[-1]] * (len(PARTS) - len(scores))]
    return Respondent(
        UUID(int=number),
        UUID(int=1000 + (number if organisation is None else organisation)),
        {part: Fraction(score) for part, score in zip(PARTS, filled, strict=True)},
    )


def people(*scores: int, start: int = 1) -> tuple[Respondent, ...]:
    return tuple(person(start + i, score) for i, score in enumerate(scores))


def driver(
    *rounds: Sequence[Respondent],
    agreed: tuple[AgreedScore, ...] = (),
    sectors: dict[UUID, str] | None = None,
) -> Driver:
    stated = (FIRST, SECOND, THIRD)[: len(rounds)]
    made = [
        DriverRound(round_, tuple(held), agreed if round_ == stated[-1] else ())
        for round_, held in zip(stated, rounds, strict=True)
    ]
    chosen = sectors or {}
    return Driver(
        rounds=tuple(made),
        model=MODEL,
        scale=Scale("radar", (), Steps(0, 100, 5)),
        criterion_titles={c.name: given(c.name) for c in MODEL.criteria},
        part_titles={part: given(part) for part in PARTS},
        sectors=chosen,
        sector_names={sector: given(sector) for sector in chosen.values()},
        source=given("Driver"),
        instrument="driver",
        threshold=5,
    )
