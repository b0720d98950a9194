"""What stands where nothing can be drawn."""

from collections.abc import Sequence

from lsp_assess.disclosure.tables import Cell
from lsp_assess.reports.charts.frame import Frame
from lsp_assess.reports.charts.marks import layer
from lsp_assess.reports.charts.reading import Reading
from lsp_assess.reports.charts.theme import SOFT, Spec
from lsp_assess.reports.charts.words import absence


def absences(reading: Reading, cells: Sequence[Cell], frame: Frame, *, x: float) -> Spec:
    """The sign for a withheld or missing value in its row; `cells` are one a row."""
    data: list[Spec] = []
    for i, cell in enumerate(cells):
        absent = absence(cell)
        if absent is not None:
            data.append({"words": reading.say(absent), "x": x, "y": i + 0.5})
    mark: Spec = {"type": "text", "align": "left", "baseline": "middle", "color": SOFT, "dx": 6}
    return layer(mark, data, text={"field": "words"}, x=frame.x(), y=frame.y())
