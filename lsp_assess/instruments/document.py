"""An instrument written back in the form of a questionnaire file, as plain data. Parsing it again gives
an equal instrument; it is what is stored, and what is hashed. What has its default value is left out, so
that a later edition of the software, with more keys, gives an old questionnaire the same hash."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TypeAlias

from lsp_assess.instruments import items as kinds
from lsp_assess.instruments.expressions.tree import to_text
from lsp_assess.instruments.instrument import BasedOn, Crossing, Derived, Instrument, Section, Wheel
from lsp_assess.instruments.scales import Point, Scale
from lsp_assess.instruments.scoring import Criterion, Element, GroupElements, ScoringModel
from lsp_assess.instruments.text import Text

Document: TypeAlias = dict[str, object]


def document(instrument: Instrument) -> Document:
    return _kept(
        name=instrument.name,
        version=instrument.version,
        kind=instrument.kind.value,
        based_on=_based_on(instrument.based_on),
        languages={language.code: language.status.value for language in instrument.languages},
        source_language=instrument.source_language,
        title=_text(instrument.title),
        minutes=instrument.minutes,
        information_sheet=_text(instrument.information_sheet),
        privacy_notice=_text(instrument.privacy_notice),
        scales={scale.name: _scale(scale) for scale in instrument.scales} or None,
        sections=[_section(section) for section in instrument.sections],
        derived=_list(_derived(derived) for derived in instrument.derived),
        scoring=_scoring(instrument.scoring) if instrument.scoring else None,
        wheel=_wheel(instrument.wheel) if instrument.wheel else None,
        crosswalk=_list(_crossing(crossing) for crossing in instrument.crosswalk),
    )


def _kept(**entries: object) -> Document:
    return {key.rstrip("_"): value for key, value in entries.items() if value is not None}


def _list(members: Iterable[object]) -> list[object] | None:
    return list(members) or None


def _text(text: Text | None) -> dict[str, str] | None:
    return dict(text.entries) if text else None


def _on(value: bool) -> bool | None:
    return True if value else None


def _off(value: bool) -> bool | None:
    return None if value else False


def _based_on(based_on: BasedOn | None) -> Document | None:
    if based_on is None:
        return None
    return _kept(name=based_on.name, version=based_on.version, structure=based_on.structure)


def _scale(scale: Scale) -> Document:
    steps = scale.steps
    return _kept(
        range={"from": steps.low, "to": steps.high, "step": steps.step} if steps else None,
        points=[_point(point) for point in scale.points],
        neutral=scale.neutral,
        positive=_list(scale.positive),
        negative=_list(scale.negative),
        missing=_list(kind.value for kind in scale.missing),
    )


def _point(point: Point) -> Document:
    return _kept(
        value=point.value,
        label=_text(point.label),
        description=_text(point.description),
        opinion=_off(point.opinion),
    )


def _section(section: Section) -> Document:
    return _kept(
        name=section.name,
        title=_text(section.title),
        intro=_text(section.intro),
        show_if=to_text(section.show_if) if section.show_if else None,
        items=[_item(item) for item in section.items],
    )


def _item(item: kinds.AnyItem) -> Document:
    shared = _kept(
        name=item.name,
        type=item.type.value,
        text=_text(item.text),
        show_if=to_text(item.show_if) if item.show_if else None,
    )
    if isinstance(item, kinds.NoteItem):
        return shared
    purpose = kinds.Purpose.CONSENT if isinstance(item, kinds.ConsentItem) else kinds.Purpose.MEASURE
    ordinary = item.sensitivity is kinds.Sensitivity.ORDINARY
    common = _kept(
        help=_text(item.help),
        required=_on(item.required),
        missing=_missing(item),
        base=_base(item.base),
        sensitivity=None if ordinary else item.sensitivity.value,
        purpose=None if item.purpose is purpose else item.purpose.value,
        headline=_on(item.headline),
        links=_list(item.links),
    )
    return shared | common | _own(item)


def _missing(item: kinds.Question | kinds.GridItem) -> list[str] | None:
    default = item.scale.missing if isinstance(item, kinds.ScaleItem | kinds.GridItem) else ()
    return None if item.missing == default else [kind.value for kind in item.missing]


def _base(base: kinds.Base) -> object:
    if isinstance(base, kinds.BaseOf):
        return {"of": to_text(base.of), "text": _text(base.text)}
    return None if base is kinds.BaseRule.ANSWERED else base.value


def _own(item: kinds.Question | kinds.GridItem) -> Document:
    match item:
        case kinds.SingleItem(choices=choices):
            return {"choices": [_choice(choice) for choice in choices]}
        case kinds.MultipleItem(choices=choices, maximum=maximum):
            return _kept(choices=[_choice(choice) for choice in choices], maximum=maximum)
        case kinds.ScaleItem(scale=scale, statements=statements):
            return _kept(scale=scale.name, statements=_list(_text(text) for text in statements))
        case kinds.GridItem(scale=scale, rows=rows):
            return {"scale": scale.name, "rows": [_row(row) for row in rows]}
        case kinds.NumberItem(low=low, high=high, decimals=decimals, unit=unit):
            return _kept(range={"from": low, "to": high}, decimals=decimals or None, unit=_text(unit))
        case kinds.DateItem(earliest=earliest, latest=latest):
            bounds = _kept(from_=_bound(earliest), to=_bound(latest))
            return {"range": bounds} if bounds else {}
        case kinds.ShortTextItem(length=length):
            return _kept(length=None if length == 200 else length)
        case kinds.LongTextItem(length=length):
            return _kept(length=None if length == 5000 else length)
        case kinds.ConsentItem(consent=consent):
            return {"consent": consent.value}


def _bound(bound: kinds.DateBound | None) -> str | None:
    return bound if bound is None or isinstance(bound, str) else bound.isoformat()


def _choice(choice: kinds.Choice) -> Document:
    return _kept(
        value=choice.value,
        label=_text(choice.label),
        exclusive=_on(choice.exclusive),
        opinion=_off(choice.opinion),
    )


def _row(row: kinds.Row) -> Document:
    return _kept(name=row.name, text=_text(row.text), attribute=row.attribute)


def _derived(derived: Derived) -> Document:
    return _kept(
        name=derived.name,
        sum_of=list(derived.questions),
        high=derived.high,
        text=_text(derived.text),
        headline=_on(derived.headline),
        links=_list(derived.links),
    )


def _wheel(wheel: Wheel) -> Document:
    return _kept(items=list(wheel.items), from_=_text(wheel.rim), to=_text(wheel.hub))


def _crossing(crossing: Crossing) -> Document:
    return _kept(
        to_version=crossing.to_version,
        item=crossing.item,
        there=crossing.there,
        kind=crossing.kind.value,
        mapping=dict(crossing.mapping) or None,
        note=_text(crossing.note),
    )


def _scoring(scoring: ScoringModel) -> Document:
    coverage, spread = scoring.minimum_coverage, scoring.spread_to_discuss
    return _kept(
        scale=scoring.scale,
        minimum_coverage=None if coverage == Fraction(2, 3) else str(coverage),
        spread_to_discuss=None if spread == 25 else spread,
        criteria=[_criterion(criterion) for criterion in scoring.criteria],
        elements=_elements(scoring.elements),
        caps={group.group: group.cap for group in scoring.elements if group.cap} or None,
    )


def _criterion(criterion: Criterion) -> Document:
    equal = all(part.share * len(criterion.parts) == 1 for part in criterion.parts)
    parts = [
        _kept(item=part.item, share=None if equal else str(part.share * 100), detail=part.detail)
        for part in criterion.parts
    ]
    return _kept(
        number=criterion.number,
        name=criterion.name,
        group=criterion.group,
        points=criterion.points,
        title=_text(criterion.title),
        parts=parts,
    )


def _elements(groups: tuple[GroupElements, ...]) -> Mapping[str, object] | None:
    return {group.group: [_element(element) for element in group.elements] for group in groups} or None


def _element(element: Element) -> Document:
    attributes = [_kept(name=each.name, title=_text(each.title)) for each in element.attributes]
    return _kept(name=element.name, title=_text(element.title), attributes=attributes)
