"""The minutes of a consensus meeting as a tagged PDF, in English."""

from dataclasses import dataclass

from lsp_assess.rendering.css import PAGE, PAGES, page_style
from lsp_assess.rendering.fonts import FACES, font_file
from lsp_assess.rendering.pdf import Printing, print_pdf
from lsp_assess.rendering.report import environment


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesPart:
    """`range` and `median` are empty where the spread may not be told, `agreed` where nothing was agreed,
    `again` where nothing was revealed of a second scoring.
    `dissents` are words, with the name of whoever agreed to be named."""

    title: str
    criterion: str
    range: str
    median: str
    flag: str
    agreed: str
    moved: str
    again: str
    rationale: str
    evidence: tuple[str, ...]
    dissents: tuple[tuple[str, str | None], ...]
    recorded: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """`parts` in the order of the agenda; `mark` stands on every page."""

    partnership: str
    title: str
    round: str
    standing: str
    printed: str
    outcome: str
    parts: tuple[MinutesPart, ...]
    mark: str = ""


def render_minutes(minutes: Minutes) -> bytes:
    """Raises CannotRender, and NotFound where set-up has not brought the fonts."""
    assets = {face.file: font_file(face).read_bytes() for face in FACES}
    return print_pdf(Printing(html=minutes_html(minutes), assets=assets))


def minutes_html(minutes: Minutes) -> str:
    footer = f"{minutes.partnership} · {minutes.round} · {minutes.standing}"
    style = page_style(footer, minutes.mark, f"Page {PAGE} of {PAGES}")
    return environment().get_template("minutes.html.j2").render(minutes=minutes, style=style)
