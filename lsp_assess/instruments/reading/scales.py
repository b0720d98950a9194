"""Scales: described points, steps, and which points count as positive, negative or neutral."""

from collections import Counter

from lsp_assess.instruments.reading import keys
from lsp_assess.instruments.reading.fields import Fields
from lsp_assess.instruments.scales import OFFERED_KINDS, MissingKind, Point, Scale, Steps

LOWEST, HIGHEST = -100_000, 100_000
MOST_VALUES = 1001


def read_scales(fields: Fields) -> dict[str, Scale]:
    scales: dict[str, Scale] = {}
    for entry in fields.entries("scales"):
        scale = _read_scale(fields.inner(entry.node, keys.SCALE, f"scale {entry.key[:60]}"), entry.key)
        fields.checked_name(entry.key, entry.line)
        scales[entry.key] = scale
    return scales


def read_missing(fields: Fields, key: str = "missing") -> tuple[MissingKind, ...]:
    found: list[MissingKind] = []
    for node in fields.nodes(key):
        kind = fields.option(key, node, MissingKind)
        if kind is not None and kind not in OFFERED_KINDS:
            fields.problem("Q104", node.line, key=key, value=kind.value, allowed=", ".join(OFFERED_KINDS))
        elif kind is not None and kind in found:
            fields.problem("Q106", node.line, what=key, name=kind.value)
        elif kind is not None:
            found.append(kind)
    return tuple(found)


def _read_scale(fields: Fields, name: str) -> Scale:
    steps = _read_steps(fields)
    points = tuple(
        _read_point(fields.inner(node, keys.POINT, "point"))
        for node in fields.needed_nodes("points", at_least=2)
    )
    scale = Scale(
        name=name,
        points=points,
        steps=steps,
        neutral=fields.whole("neutral", low=LOWEST, high=HIGHEST, optional=True),
        positive=_wholes(fields, "positive"),
        negative=_wholes(fields, "negative"),
        missing=read_missing(fields),
    )
    _check_points(fields, scale)
    _check_directions(fields, scale)
    return scale


def _read_point(fields: Fields) -> Point:
    return Point(
        value=fields.whole("value", low=LOWEST, high=HIGHEST) or 0,
        label=fields.text("label"),
        description=fields.optional_text("description"),
        opinion=fields.switch("opinion", default=True),
    )


def _read_steps(fields: Fields) -> Steps | None:
    node = fields.node("range")
    if node is None:
        return None
    inner = fields.inner(node, keys.STEPS, "range")
    low = inner.whole("from", low=LOWEST, high=HIGHEST)
    high = inner.whole("to", low=LOWEST, high=HIGHEST)
    step = inner.whole("step", low=1, high=HIGHEST, optional=True) or 1
    if low is None or high is None:
        return None
    if low >= high or (high - low) % step or (high - low) // step >= MOST_VALUES:
        inner.problem("Q304", low=low, high=high)
        return None
    return Steps(low, high, step)


def _wholes(fields: Fields, key: str) -> tuple[int, ...]:
    read = (fields.whole_of(key, node, low=LOWEST, high=HIGHEST) for node in fields.nodes(key))
    return tuple(value for value in read if value is not None)


def _check_points(fields: Fields, scale: Scale) -> None:
    described = Counter(point.value for point in scale.points)
    for value in sorted(value for value, times in described.items() if times > 1):
        fields.problem("Q302", fields.line_of("points"), value=value, scale=scale.name)
    if scale.steps is not None:
        for value in sorted(described.keys() - set(scale.values)):
            fields.problem("Q303", fields.line_of("points"), value=value, scale=scale.name)


def _check_directions(fields: Fields, scale: Scale) -> None:
    named = [("positive", value) for value in scale.positive] + [
        ("negative", value) for value in scale.negative
    ]
    if scale.neutral is not None:
        named.append(("neutral", scale.neutral))
    values, seen = set(scale.values), set[int]()
    for key, value in named:
        if value not in values:
            fields.problem("Q303", fields.line_of(key), value=value, scale=scale.name)
        elif value in seen:
            fields.problem("Q305", fields.line_of(key), value=value, scale=scale.name)
        seen.add(value)


def scale_named(fields: Fields, scales: dict[str, Scale], key: str = "scale") -> Scale:
    """The scale that `key` names, or an empty stand-in."""
    name = fields.name(key)
    if name and name not in scales:
        fields.problem("Q301", fields.line_of(key), scale=name)
    return scales.get(name, Scale(name, ()))
