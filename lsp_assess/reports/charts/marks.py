"""Small pieces of Vega-Lite from which the charts are put together. Places are pixels or data."""

from collections.abc import Iterable, Mapping, Sequence

from lsp_assess.reports.charts.theme import CONFIG, Spec

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


def layer(mark: Mapping[str, object], data: Iterable[Mapping[str, object]], **encoding: object) -> Spec:
    return {"data": {"values": list(data)}, "mark": dict(mark), "encoding": dict(encoding)}


def along(
    field: str, domain: tuple[float, float], *, axis: Spec | None = None, reverse: bool = False
) -> Spec:
    """A quantitative place on a stated scale; without an axis unless one is given."""
    scale: Spec = {"domain": list(domain), "nice": False, "zero": False, "reverse": reverse}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}


def fixed(pixels: float) -> Spec:
    return {"value": pixels}


def text_at(x: float, y: float, words: str, **mark: object) -> Spec:
    """Words at a pixel of the plot, measured from its top left."""
    drawn: Spec = {"type": "text", "baseline": "middle", "align": "left", **mark}
    return layer(drawn, [{"words": words}], text={"field": "words"}, x=fixed(x), y=fixed(y))


def chart(
    layers: Sequence[Spec],
    *,
    width: float,
    height: float,
    left: float,
    right: float,
    top: float,
    bottom: float,
) -> Spec:
    """The whole drawing is exactly left + width + right wide: nothing decides its own size."""
    return {
        "$schema": SCHEMA,
        "width": width,
        "height": height,
        "autosize": {"type": "none"},
        "padding": {"left": left, "right": right, "top": top, "bottom": bottom},
        "layer": list(layers),
        "resolve": {"axis": {"x": "independent", "y": "independent"}},
        "config": CONFIG,
    }


def height_of(spec: Spec) -> float:
    """Pixels from top to bottom of the whole drawing."""
    padding, height = spec["padding"], spec["height"]
    if not isinstance(padding, dict) or not isinstance(height, int | float):
        raise TypeError("not a chart of ours")
    return float(height + padding["top"] + padding["bottom"])
