"""What the tables of level one are made from: the partners' own scores, round by round."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from uuid import UUID

from lsp_assess.assessment.agreement import part_agreement
from lsp_assess.assessment.consensus import AgreedScore, MeetingFinding, agreed_result, moved
from lsp_assess.assessment.editions import percentages
from lsp_assess.assessment.parts import PartSummary, medians, summarise_part, summarise_parts
from lsp_assess.assessment.reckoning import Result, reckon
from lsp_assess.assessment.scores import Respondent
from lsp_assess.disclosure.release import RoundStated
from lsp_assess.disclosure.rules import Figure, SmallGroup
from lsp_assess.estimation.few import Agreement
from lsp_assess.instruments.scales import Scale
from lsp_assess.instruments.scoring import Corresponding, Criterion, ScoringModel
from lsp_assess.kernel.messages import Message

EVERYBODY = "all"


@dataclass(frozen=True)
class DriverRound:
    """Who scored in one round, and what the meeting agreed; without people, the driver was not held."""

    round: RoundStated
    people: tuple[Respondent, ...]
    agreed: tuple[AgreedScore, ...] = ()


@dataclass(frozen=True)
class EditionRound:
    """A round by the edition that it used. `criteria` are those that are followed from edition to edition,
    each with the parts that stand for it here; none where no crosswalk is declared. `is_other` is against
    the edition of the round being published."""

    of: DriverRound
    model: ScoringModel
    scale: Scale
    part_titles: Mapping[str, Message]
    name: Message
    source: Message
    criteria: tuple[Corresponding, ...]
    note: Message | None
    is_other: bool
    threshold: int

    @property
    def key(self) -> str:
        return self.of.round.key

    @cached_property
    def figures(self) -> Mapping[str, tuple[Figure, ...]]:
        """By criterion: those of the parts that stand for it and that anybody scored."""
        summaries = {one.item: one for one in summarise_parts(self.model, self.of.people)}
        return {
            each.name: tuple(
                part_figure(summaries[part.item], self.key, threshold=self.threshold)
                for part in each.parts
                if summaries[part.item].n
            )
            for each in self.criteria
        }

    @cached_property
    def percentages(self) -> Mapping[str, Fraction | None]:
        return percentages(self.criteria, medians(self.model, self.of.people))

    @cached_property
    def agreed(self) -> Mapping[str, Fraction | None]:
        return percentages(self.criteria, {one.item: Fraction(one.score) for one in self.of.agreed})


@dataclass(frozen=True, slots=True)
class Said:
    """What people wrote about one criterion, without their names, and how many of them wrote."""

    criterion: str
    strengths: tuple[str, ...]
    improvements: tuple[str, ...]
    people: int


@dataclass(frozen=True)
class Driver:
    """`rounds` are oldest first, the last one being published. Titles go by criterion and by the name of
    the part's item; `sectors` by organisation, None where they are not told apart. `instrument` is the name
    of its questionnaire; `editions` are all rounds that were scored, those of other editions too."""

    rounds: tuple[DriverRound, ...]
    model: ScoringModel
    scale: Scale
    criterion_titles: Mapping[str, Message]
    part_titles: Mapping[str, Message]
    sectors: Mapping[UUID, str]
    sector_names: Mapping[str, Message]
    source: Message
    instrument: str
    threshold: int
    said: tuple[Said, ...] = ()
    findings: tuple[MeetingFinding, ...] = ()
    editions: tuple[EditionRound, ...] = ()

    @property
    def now(self) -> DriverRound:
        return self.rounds[-1]

    @property
    def earlier(self) -> tuple[DriverRound, ...]:
        return self.rounds[:-1]

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(part.item for criterion in self.model.criteria for part in criterion.parts)


@dataclass(frozen=True)
class Scored:
    """One round of the driver with the figures that its scores fall under."""

    driver: Driver
    of: DriverRound

    @property
    def key(self) -> str:
        return self.of.round.key

    @cached_property
    def summaries(self) -> Mapping[str, PartSummary]:
        return {
            item: summarise_part(item, self.of.people, spread_to_discuss=self.driver.model.spread_to_discuss)
            for item in self.driver.parts
        }

    @cached_property
    def medians(self) -> Mapping[str, Fraction]:
        return medians(self.driver.model, self.of.people)

    @cached_property
    def result(self) -> Result:
        return reckon(self.driver.model, self.medians)

    @cached_property
    def agreed(self) -> Result | None:
        return agreed_result(self.driver.model, self.of.agreed) if self.of.agreed else None

    @cached_property
    def moved(self) -> Mapping[str, Fraction]:
        return moved(self.medians, self.of.agreed)

    def agreed_on(self, item: str) -> AgreedScore | None:
        return next((one for one in self.of.agreed if one.item == item), None)

    def agreement(self, item: str) -> Agreement | None:
        scores = [score for person in self.of.people if (score := person.score(item)) is not None]
        return part_agreement(scores, self.driver.scale)

    def figure(self, item: str) -> Figure:
        return part_figure(self.summaries[item], self.key, threshold=self.driver.threshold)

    def figures(self, criterion: Criterion) -> tuple[Figure, ...]:
        """A criterion tells of each of its parts that anybody scored."""
        return tuple(self.figure(p.item) for p in criterion.parts if self.summaries[p.item].n)

    @property
    def all_figures(self) -> tuple[Figure, ...]:
        return tuple(figure for criterion in self.driver.model.criteria for figure in self.figures(criterion))

    @property
    def respondents(self) -> Figure:
        return Figure(
            f"driver/respondents/{self.key}", SmallGroup(len(self.of.people), self.driver.threshold)
        )


def part_figure(summary: PartSummary, round_key: str, *, threshold: int) -> Figure:
    rule = SmallGroup(summary.n, threshold, summary.dominant_share)
    return Figure(part_key(summary.item, round_key), rule)


def response_key(instrument: str, round_key: str) -> str:
    """Of how many answered a questionnaire."""
    return f"response/{instrument}/{round_key}"


def part_key(item: str, round_key: str, where: str = EVERYBODY) -> str:
    return f"driver/{item}/{round_key}/{where}"
