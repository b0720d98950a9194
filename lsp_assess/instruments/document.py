"""An instrument written back in the form of a questionnaire file, as plain data. Parsing it again gives
an equal instrument; it is what is stored, and what is hashed. What has its default value is left out, so
that a later edition of the software, with more keys, gives an old questionnaire the same hash."""

from lsp_assess.instruments import items as kinds
from lsp_assess.instruments.expressions.tree import to_text
from lsp_assess.instruments.instrument import BasedOn, Crossing, Derived, Instrument, Section, Wheel
from lsp_assess.instruments.plain import Document, kept, listed, texts
from lsp_assess.instruments.scales import Point, Scale
from lsp_assess.instruments.scoring_document import scoring_document


def document(instrument: Instrument) -> Document:
    return kept(
        name=instrument.name,
        version=instrument.version,
        kind=instrument.kind.value,
        based_on=_based_on(instrument.based_on),
        languages={language.code: language.status.value for language in instrument.languages},
        source_language=instrument.source_language,
        title=texts(instrument.title),
        minutes=instrument.minutes,
        information_sheet=texts(instrument.information_sheet),
        privacy_notice=texts(instrument.privacy_notice),
        scales={scale.name: _scale(scale) for scale in instrument.scales} or None,
        sections=[_section(section) for section in instrument.sections],
        derived=listed(_derived(derived) for derived in instrument.derived),
        scoring=scoring_document(instrument.scoring) if instrument.scoring else None,
        wheel=_wheel(instrument.wheel) if instrument.wheel else None,
        crosswalk=listed(_crossing(crossing) for crossing in instrument.crosswalk),
    )


def _on(value: bool) -> bool | None:
    return True if value else None


def _off(value: bool) -> bool | None:
    return None if value else False


def _based_on(based_on: BasedOn | None) -> Document | None:
    if based_on is None:
        return None
    return kept(name=based_on.name, version=based_on.version, structure=based_on.structure)


def _scale(scale: Scale) -> Document:
    steps = scale.steps
    return kept(
        range={"from": steps.low, "to": steps.high, "step": steps.step} if steps else None,
        points=[_point(point) for point in scale.points],
        neutral=scale.neutral,
        positive=listed(scale.positive),
        negative=listed(scale.negative),
        missing=listed(kind.value for kind in scale.missing),
    )


def _point(point: Point) -> Document:
    return kept(
        value=point.value,
        label=texts(point.label),
        description=texts(point.description),
        opinion=_off(point.opinion),
    )


def _section(section: Section) -> Document:
    return kept(
        name=section.name,
        title=texts(section.title),
        intro=texts(section.intro),
        show_if=to_text(section.show_if) if section.show_if else None,
        items=[_item(item) for item in section.items],
    )


def _item(item: kinds.AnyItem) -> Document:
    shared = kept(
        name=item.name,
        type=item.type.value,
        text=texts(item.text),
        show_if=to_text(item.show_if) if item.show_if else None,
    )
    if isinstance(item, kinds.NoteItem):
        return shared
    purpose = kinds.Purpose.CONSENT if isinstance(item, kinds.ConsentItem) else kinds.Purpose.MEASURE
    ordinary = item.sensitivity is kinds.Sensitivity.ORDINARY
    common = kept(
        help=texts(item.help),
        required=_on(item.required),
        missing=_missing(item),
        base=_base(item.base),
        sensitivity=None if ordinary else item.sensitivity.value,
        purpose=None if item.purpose is purpose else item.purpose.value,
        headline=_on(item.headline),
        links=listed(item.links),
    )
    return shared | common | _own(item)


def _missing(item: kinds.Question | kinds.GridItem) -> list[str] | None:
    default = item.scale.missing if isinstance(item, kinds.ScaleItem | kinds.GridItem) else ()
    return None if item.missing == default else [kind.value for kind in item.missing]


def _base(base: kinds.Base) -> object:
    if isinstance(base, kinds.BaseOf):
        return {"of": to_text(base.of), "text": texts(base.text)}
    return None if base is kinds.BaseRule.ANSWERED else base.value


def _own(item: kinds.Question | kinds.GridItem) -> Document:
    match item:
        case kinds.SingleItem(choices=choices):
            return {"choices": [_choice(choice) for choice in choices]}
        case kinds.MultipleItem(choices=choices, maximum=maximum):
            return kept(choices=[_choice(choice) for choice in choices], maximum=maximum)
        case kinds.ScaleItem(scale=scale, statements=statements):
            return kept(scale=scale.name, statements=listed(texts(text) for text in statements))
        case kinds.GridItem(scale=scale, rows=rows):
            return {"scale": scale.name, "rows": [_row(row) for row in rows]}
        case kinds.NumberItem(low=low, high=high, decimals=decimals, unit=unit):
            return kept(range={"from": low, "to": high}, decimals=decimals or None, unit=texts(unit))
        case kinds.DateItem(earliest=earliest, latest=latest):
            bounds = kept(from_=_bound(earliest), to=_bound(latest))
            return {"range": bounds} if bounds else {}
        case kinds.ShortTextItem(length=length):
            return kept(length=None if length == 200 else length)
        case kinds.LongTextItem(length=length):
            return kept(length=None if length == 5000 else length)
        case kinds.ConsentItem(consent=consent):
            return {"consent": consent.value}


def _bound(bound: kinds.DateBound | None) -> str | None:
    return bound if bound is None or isinstance(bound, str) else bound.isoformat()


def _choice(choice: kinds.Choice) -> Document:
    return kept(
        value=choice.value,
        label=texts(choice.label),
        exclusive=_on(choice.exclusive),
        opinion=_off(choice.opinion),
    )


def _row(row: kinds.Row) -> Document:
    return kept(name=row.name, text=texts(row.text), attribute=row.attribute)


def _derived(derived: Derived) -> Document:
    return kept(
        name=derived.name,
        sum_of=list(derived.questions),
        high=derived.high,
        text=texts(derived.text),
        headline=_on(derived.headline),
        links=listed(derived.links),
    )


def _wheel(wheel: Wheel) -> Document:
    return kept(items=list(wheel.items), from_=texts(wheel.rim), to=texts(wheel.hub))


def _crossing(crossing: Crossing) -> Document:
    return kept(
        to_version=crossing.to_version,
        item=crossing.item,
        there=crossing.there,
        kind=crossing.kind.value,
        mapping=dict(crossing.mapping) or None,
        note=texts(crossing.note),
    )
