"""What estimation refuses to do, by code."""

from lsp_assess.kernel.errors import Invalid, Place, problem


class EstimationRefused(Invalid):
    """The design or the data cannot carry the estimate; the problem's code says why."""


def refuse(code: str, **params: str | int | float) -> EstimationRefused:
    column = params.get("column")
    place = Place(column=str(column)) if column is not None else Place()
    return EstimationRefused(problem(f"estimation.{code}", place, **params))
