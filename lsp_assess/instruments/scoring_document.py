"""The scoring of an instrument as plain data, in the form of a questionnaire file."""

from collections.abc import Mapping

from lsp_assess.instruments.plain import Document, kept, texts
from lsp_assess.instruments.reading.scoring import COVERAGE_UNLESS_SAID, SPREAD_UNLESS_SAID
from lsp_assess.instruments.scoring import (
    Criterion,
    Element,
    GroupElements,
    Part,
    ScoringCrosswalk,
    ScoringModel,
)


def scoring_document(scoring: ScoringModel) -> Document:
    coverage, spread = scoring.minimum_coverage, scoring.spread_to_discuss
    return kept(
        scale=scoring.scale,
        minimum_coverage=None if coverage == COVERAGE_UNLESS_SAID else str(coverage),
        spread_to_discuss=None if spread == SPREAD_UNLESS_SAID else spread,
        criteria=[_criterion(criterion) for criterion in scoring.criteria],
        elements=_elements(scoring.elements),
        caps={group.group: group.cap for group in scoring.elements if group.cap} or None,
        crosswalk=_crosswalk(scoring.crosswalk) if scoring.crosswalk else None,
    )


def _criterion(criterion: Criterion) -> Document:
    return kept(
        number=criterion.number,
        name=criterion.name,
        group=criterion.group,
        points=criterion.points,
        title=texts(criterion.title),
        parts=_parts(criterion.parts),
    )


def _elements(groups: tuple[GroupElements, ...]) -> Mapping[str, object] | None:
    return {group.group: [_element(element) for element in group.elements] for group in groups} or None


def _element(element: Element) -> Document:
    attributes = [kept(name=each.name, title=texts(each.title)) for each in element.attributes]
    return kept(name=element.name, title=texts(element.title), attributes=attributes)


def _parts(parts: tuple[Part, ...]) -> list[Document]:
    equal = all(part.share * len(parts) == 1 for part in parts)
    return [
        kept(item=part.item, share=None if equal else str(part.share * 100), detail=part.detail)
        for part in parts
    ]


def _crosswalk(crosswalk: ScoringCrosswalk) -> Document:
    return kept(
        to={"name": crosswalk.name, "version": crosswalk.version},
        criteria=[
            {"name": one.name, "title": texts(one.title), "parts": _parts(one.parts)}
            for one in crosswalk.criteria
        ],
        note=texts(crosswalk.note),
    )
