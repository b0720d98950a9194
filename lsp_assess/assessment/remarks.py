"""What people wrote, struck of the words that would tell who wrote it, before the room sees it."""

from lsp_assess.kernel.errors import Invalid, Place, problem

GAP = "[…]"
KINDS = ("strengths", "improvements", "comments")
"""A questionnaire asks for each under a criterion in an item named after both: strengths_leadership."""


def struck(written: str, kept: str) -> str | None:
    """`kept` in single spaces, with a mark where words of `written` were taken out. None where it holds a
    word that was not written there."""
    left = [word for word in kept.split() if word != GAP]
    shown: list[str] = []
    for word in written.split():
        if left and word == left[0]:
            shown.append(left.pop(0))
        elif shown[-1:] != [GAP]:
            shown.append(GAP)
    return None if left else " ".join(shown)


def check_struck(field: str, written: str, kept: str) -> str:
    """Raises Invalid where words were put in, or a word was struck in part."""
    shown = struck(written, kept)
    if shown is None:
        raise Invalid(problem("remark_not_as_written", Place(question=field)))
    return "" if shown == GAP else shown
