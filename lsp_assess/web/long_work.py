"""How far long work is, as its page shows and asks for it."""

from typing import Any

from lsp_assess.actions.long_work import Progress
from lsp_assess.kernel.errors import problem
from lsp_assess.rendering.wording import MissingWording
from lsp_assess.web.formatting import explained
from lsp_assess.web.languages import spoken


def told(progress: Progress) -> dict[str, Any]:
    """What the page asks for while it waits."""
    return {
        "ended": progress.has_ended,
        "done": progress.done,
        "of": progress.of,
        "step": "" if progress.step is None else spoken(progress.step),
    }


def why(progress: Progress, *, otherwise: str) -> str:
    """Why it failed, and what to do; what would name particulars is told as the problem `otherwise`."""
    if progress.problem is None:
        return ""
    try:
        return explained(problem(progress.problem))
    except MissingWording:
        return explained(problem(otherwise))
