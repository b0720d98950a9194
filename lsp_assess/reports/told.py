"""How a question is told in figures: what is followed, and which answers make up its distribution."""

from dataclasses import dataclass

from lsp_assess.instruments.answers import Answer, Answered, Missing
from lsp_assess.instruments.items import BaseRule, NumberItem, Question, ScaleItem, SingleItem
from lsp_assess.instruments.scales import MissingKind
from lsp_assess.kernel.messages import given, message
from lsp_assess.reports.spoken import said
from lsp_assess.reports.survey_asked import AnswerPoint, Measure

YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Told:
    measure: Measure
    points: tuple[AnswerPoint, ...] = ()
    favourable: tuple[int | str, ...] = ()
    unfavourable: tuple[int | str, ...] = ()
    span: float = 1.0


def told(question: Question) -> Told | None:
    """None for what cannot be told in figures: texts, dates, consents."""
    match question:
        case ScaleItem(scale=scale) if scale.positive:
            points = (*_scale_points(question), *_missing_points(question))
            return Told(Measure.FAVOURABLE, points, scale.positive, scale.negative)
        case ScaleItem(scale=scale):
            return Told(Measure.MEAN, span=float(max(scale.values) - min(scale.values)))
        case SingleItem(choices=choices):
            kept = [c for c in choices if c.opinion or question.base is not BaseRule.EXPRESSED_OPINION]
            points = (*(AnswerPoint(c.value, said(c.label)) for c in kept), *_missing_points(question))
            values = {choice.value for choice in kept}
            return (
                Told(Measure.SHARE, points, (YES,)) if {YES, NO} <= values else Told(Measure.ANSWERS, points)
            )
        case NumberItem(low=low, high=high):
            return Told(Measure.MEAN, span=float(high - low))
    return None


def value_of(answer: Answer | None) -> int | float | str | None:
    """As it stands in the question's column; a missing answer that counts in the base has a point."""
    if isinstance(answer, Missing):
        return f"missing:{answer.kind.value}"
    if not isinstance(answer, Answered) or not isinstance(answer.value, int | float | str):
        return None
    return answer.value


def _scale_points(question: ScaleItem) -> tuple[AnswerPoint, ...]:
    """Worst first: turned round where the low values are the favourable ones."""
    scale, values = question.scale, list(question.scale.values)
    if question.base is BaseRule.EXPRESSED_OPINION:
        values = [v for v in values if (point := scale.point(v)) is None or point.opinion]
    if scale.negative and max(scale.positive) < min(scale.negative):
        values.reverse()
    return tuple(
        AnswerPoint(v, given(str(v)) if (point := scale.point(v)) is None else said(point.label))
        for v in values
    )


def _missing_points(question: Question) -> tuple[AnswerPoint, ...]:
    if question.base is not BaseRule.ALL:
        return ()
    kinds = (*question.missing, MissingKind.UNANSWERED)
    return tuple(AnswerPoint(f"missing:{k.value}", message(f"shown.missing.{k.value}")) for k in kinds)
