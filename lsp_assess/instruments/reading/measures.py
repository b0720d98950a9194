"""What is made of the answers: sums, the wheel, and the crosswalk to other versions."""

from lsp_assess.instruments.instrument import Comparability, Crossing, Derived, Wheel
from lsp_assess.instruments.items import (
    CONSENT_VALUES,
    AnyItem,
    ConsentItem,
    GridItem,
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


def read_derived(fields: Fields, items: dict[str, AnyItem]) -> tuple[Derived, ...]:
    return tuple(
        _derived(fields.inner(node, keys.DERIVED, "derived"), items) for node in fields.nodes("derived")
    )


def _derived(fields: Fields, items: dict[str, AnyItem]) -> Derived:
    return Derived(
        name=fields.name(),
        questions=_summed(fields, items),
        text=fields.text("text"),
        high=fields.whole("high", low=-1_000_000, high=1_000_000, optional=True),
        headline=fields.switch("headline", default=False),
        links=fields.codes("links"),
    )


def _summed(fields: Fields, items: dict[str, AnyItem]) -> tuple[str, ...]:
    node = fields.needed("sum_of")
    members = node.items if isinstance(node, Sequence) else (node,) if node is not None else ()
    names: list[str] = []
    for member in members:
        name = fields.code_of("sum_of", member)
        found = _questions_named(name, items)
        if name and not found:
            fields.problem("Q520", member.line, name=name)
        names.extend(question.name for question in found)
    for name in sorted({name for name in names if names.count(name) > 1}):
        fields.problem("Q106", fields.line_of("sum_of"), what="sum_of", name=name)
    return tuple(names)


def _questions_named(name: str, items: dict[str, AnyItem]) -> tuple[Question, ...]:
    """The questions that can be summed under a name: an item, a grid, or one of its rows."""
    item = items.get(name.split(".", maxsplit=1)[0])
    found = questions_of(item) if item else ()
    if "." in name or not isinstance(item, GridItem):
        found = tuple(question for question in found if question.name == name)
    return tuple(question for question in found if isinstance(question, ScaleItem | NumberItem))


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
    return tuple(
        _crossing(fields.inner(node, keys.CROSSING, "crosswalk"), items) for node in fields.nodes("crosswalk")
    )


def _crossing(fields: Fields, items: dict[str, AnyItem]) -> Crossing:
    name = fields.code("item")
    kind = fields.one_of("kind", Comparability)
    item = items.get(name.split(".", maxsplit=1)[0])
    question = next((each for each in questions_of(item) if each.name == name), None) if item else None
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
