"""What a person could write to keep the renderer busy: a report with it is printed, in no more than the time
of as many ordinary words (trust B7)."""

import dataclasses
import resource

from lsp_assess.kernel.messages import given
from lsp_assess.rendering.report import render_report
from lsp_assess.reports.model import Paragraph
from tests.trust_run import Figure, Times
from tests.unit.rendering.sample_reports import report
from tests.unit.rendering.sample_tables import change

FIELD = 5000  # the longest text that a field takes
BOMBS = {
    "ordinary words": "some words of a story ",
    "one word": "x",
    "letters of two directions": "a\u05d0",
    "marks upon marks": "\u0301",
    "turned round and round": "\u202ea\u202cb\u2067c",
    "joined emoji": "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d",
    "nothing to be seen": "\u200b",
    "soft hyphens": "a\u00ad",
    "lines of one letter": "a\n",
    "every script": "".join(chr(point) for point in range(0x900, 0x1900)),
}
WORST = ("letters of two directions", "one word")
MORE_THAN_WORDS = 4
"""A letter of many scripts needs more than one of ours, which the fonts hold."""


def seconds_for(bomb: str, *, fields: int) -> float:
    """Of the processor, to print a report with as many texts of that."""
    words = (BOMBS[bomb] * FIELD)[:FIELD]
    plain = report(tables=(change(),))
    *others, last = plain.sections
    texts = tuple(Paragraph(given(words)) for _ in range(fields))
    hostile = dataclasses.replace(plain, sections=(*others, dataclasses.replace(last, blocks=texts)))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert render_report(hostile).startswith(b"%PDF")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_no_text_takes_the_printing_much_longer_than_ordinary_words(figure: Figure, times: Times) -> None:
    # trust B7
    fields = times(few=4, full=20)
    tried = list(BOMBS)[1:] if times(few=0, full=1) else WORST
    ordinary = seconds_for("ordinary words", fields=fields)
    took = {bomb: seconds_for(bomb, fields=fields) for bomb in tried}
    worst = max(took, key=lambda bomb: took[bomb])
    figure(
        f"{fields * FIELD} letters a report: ordinary words {ordinary:.1f} s of the processor,"
        f" at most {took[worst]:.1f} s ({worst})"
    )
    assert took[worst] < MORE_THAN_WORDS * ordinary + 5
