"""The shares of the parts of a criterion."""

from fractions import Fraction

from lsp_assess.instruments.reading.fields import Fields
from lsp_assess.instruments.scoring import Part


def shared(fields: Fields, read: list[tuple[Part, Fraction | None]]) -> tuple[Part, ...]:
    """Shares as fractions of the criterion: equal where none is given."""
    given = [share for _, share in read if share is not None]
    line = fields.line_of("parts")
    if given and len(given) < len(read):
        fields.problem("Q502", line, given=len(given), parts=len(read))
    elif given and sum(given) != 100:
        fields.problem("Q501", line, total=str(sum(given)))
    elif any(share == 0 for share in given):
        fields.problem("Q505", line)
    count = len(read)
    return tuple(
        Part(part.item, Fraction(1, count) if share is None else share / 100, part.detail)
        for part, share in read
    )
