"""What is made of the answers: sums, the wheel, and the crosswalk to other versions."""

from typing import TypeAlias

from lsp_assess.instruments.instrument import Comparability, Crossing, Derived, Wheel
from lsp_assess.instruments.items import (
    CONSENT_VALUES,
    AnyItem,
    ConsentItem,
    MultipleItem,
    NumberItem,
    Question,
    ScaleItem,
    SingleItem,
    questions_of,
)
from lsp_assess.instruments.reading import keys
from lsp_assess.instruments.reading.fields import Fields
from lsp_assess.instruments.reading.nodes import Sequence

Named: TypeAlias = dict[str, tuple[Question, ...]]


def read_derived(fields: Fields, items: dict[str, AnyItem]) -> tuple[Derived, ...]:
    named = _questions_by_name(items)
    return tuple(
        _derived(fields.inner(node, keys.DERIVED, "derived"), named) for node in fields.nodes("derived")
    )


def _questions_by_name(items: dict[str, AnyItem]) -> Named:
    """The questions under the name of an item, of a grid (all of its rows), and of a row."""
    named = {item.name: questions_of(item) for item in items.values()}
    rows = {each.name: (each,) for questions in named.values() for each in questions}
    return named | rows


def _derived(fields: Fields, named: Named) -> Derived:
    return Derived(
        name=fields.name(),
        questions=_summed(fields, named),
        text=fields.text("text"),
        high=fields.whole("high", low=-1_000_000, high=1_000_000, optional=True),
        headline=fields.switch("headline", default=False),
        links=fields.codes("links"),
    )


def _summed(fields: Fields, named: Named) -> tuple[str, ...]:
    node = fields.needed("sum_of")
    members = fields.nodes("sum_of") if isinstance(node, Sequence) else (node,) if node is not None else ()
    summed: dict[str, None] = {}
    seen: set[str] = set()
    for member in members:
        name = fields.code_of("sum_of", member)
        if name and name in seen:
            fields.problem("Q106", member.line, what="sum_of", name=name)
            continue
        seen.add(name)
        found = [each.name for each in named.get(name, ()) if isinstance(each, ScaleItem | NumberItem)]
        if name and not found:
            fields.problem("Q520", member.line, name=name)
        elif not summed.keys().isdisjoint(found):
            fields.problem("Q106", member.line, what="sum_of", name=name)
        summed.update(dict.fromkeys(found))
    return tuple(summed)


def read_wheel(fields: Fields, items: dict[str, AnyItem]) -> Wheel | None:
    node = fields.node("wheel")
    if node is None:
        return None
    inner = fields.inner(node, keys.WHEEL, "wheel")
    inner.needed_nodes("items", at_least=3)
    names = inner.names("items")
    scales = set()
    for name in names:
        item = items.get(name)
        if isinstance(item, ScaleItem):
            scales.add(item.scale.name)
        else:
            inner.problem("Q530", inner.line_of("items"), name=name)
    if len(scales) > 1:
        inner.problem("Q531", inner.line_of("items"), scales=", ".join(sorted(scales)))
    return Wheel(names, rim=inner.text("from"), hub=inner.text("to"))


def read_crosswalk(fields: Fields, items: dict[str, AnyItem]) -> tuple[Crossing, ...]:
    named = _questions_by_name(items)
    return tuple(
        _crossing(fields.inner(node, keys.CROSSING, "crosswalk"), named) for node in fields.nodes("crosswalk")
    )


def _crossing(fields: Fields, named: Named) -> Crossing:
    name = fields.code("item")
    kind = fields.one_of("kind", Comparability)
    question = next((each for each in named.get(name, ()) if each.name == name), None)
    if name and question is None:
        fields.problem("Q540", fields.line_of("item"), name=name)
    pairs = ((entry.key, fields.code_of("mapping", entry.node)) for entry in fields.entries("mapping"))
    mapping = tuple(sorted(pairs))
    if (kind is Comparability.MAPPED) != bool(mapping):
        fields.problem("Q541", fields.line_of("kind"), kind=kind.value)
    codes = codes_of(question) if question else None
    for there, here in mapping:
        if codes is not None and here not in codes:
            fields.problem("Q542", fields.line_of("mapping"), there=there[:60], here=here, name=name)
    return Crossing(
        to_version=fields.word("to_version") or "",
        item=name,
        there=fields.code("there"),
        kind=kind,
        mapping=mapping,
        note=fields.optional_text("note"),
    )


def codes_of(question: Question) -> frozenset[str] | None:
    """The codes that an answer may have, as text; None where they are not a list."""
    match question:
        case SingleItem(choices=choices) | MultipleItem(choices=choices):
            return frozenset(choice.value for choice in choices)
        case ScaleItem(scale=scale):
            return frozenset(str(value) for value in scale.values)
        case ConsentItem():
            return frozenset(CONSENT_VALUES)
        case _:
            return None
