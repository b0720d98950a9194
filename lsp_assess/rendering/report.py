"""The comparative report: from its model to HTML, and to the PDF that is read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from itertools import dropwhile, takewhile
from uuid import UUID

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from lsp_assess.kernel.messages import Message, message
from lsp_assess.rendering.css import PAGE, PAGES, page_style
from lsp_assess.rendering.drawings import drawings_of
from lsp_assess.rendering.exhibits import Exhibit, exhibit_of
from lsp_assess.rendering.findings import ShownFinding, show_finding
from lsp_assess.rendering.fonts import FACES, font_file
from lsp_assess.rendering.pdf import Printing, print_pdf
from lsp_assess.rendering.wording import Spoken, bound, marked_up, say_value, speak
from lsp_assess.reports.model import (
    Block,
    Findings,
    Report,
    Section,
    SectionKey,
    StoryBlock,
    Subheading,
    TableBlock,
)
from lsp_assess.shipped import shipped_folder

_DENSITIES = ('data-density="roomy"', 'data-density="close"', 'data-density="tight"')
_CONTENTS_PAGE = 3
_LARGE = (TableBlock, StoryBlock)


def render_report(report: Report, *, language: str = "en") -> bytes:
    """The PDF: tagged, with bookmarks, page two the whole story on one page.

    Raises CannotRender, and NotFound where set-up has not brought the fonts."""
    return print_pdf(
        Printing(
            html=report_html(report, language=language),
            assets=report_assets(report, language),
            densities=_DENSITIES,
            anchor="contents",
            page=_CONTENTS_PAGE,
        )
    )


def report_assets(report: Report, language: str) -> Mapping[str, bytes]:
    """Fonts and drawings by the names that the HTML calls them by."""
    drawings = (drawings_of(table, language) for table in report.tables)
    return {face.file: font_file(face).read_bytes() for face in FACES} | {
        name: svg.encode() for drawn in drawings for name, svg in drawn.items()
    }


def report_html(report: Report, *, language: str = "en") -> str:
    template = environment().get_template("report.html.j2")
    return template.render(_Words(report, language).context())


@lru_cache
def environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(shipped_folder("templates") / "report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=marked_up,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["kind_of"] = _kind
    environment.filters["bound"] = bound
    environment.filters["plain"] = str
    return environment


def _kind(block: Block) -> str:
    """What the templates tell blocks apart by."""
    return type(block).__name__


@dataclass(frozen=True, slots=True)
class _Words:
    """What the templates may say, and in which language."""

    report: Report
    language: str

    def say(self, spoken: Message) -> Spoken:
        return speak(spoken, self.language)

    def printed(self, code: str, **params: str | int) -> Spoken:
        return self.say(message(f"printed.{code}", **params))

    def finding(self, block: Findings) -> tuple[ShownFinding, ...]:
        tables = {table.id: table for table in self.report.tables}
        return tuple(show_finding(each, tables.get(each.target), self.language) for each in block.items)

    def exhibit(self, block: TableBlock) -> Exhibit:
        return exhibit_of(block.table, self.language, finding=block.finding, titles=self.titles())

    def titles(self) -> Mapping[UUID, str]:
        """Of the stories that are told."""
        told = (block for section in self.report.sections for block in _stories(section))
        return {block.story: self.say(block.title) for block in told}

    def context(self) -> Mapping[str, object]:
        report = self.report
        story = report.section(SectionKey.WHAT_CHANGED)
        hash_ = report.release_hashes[-1][:8]
        footer = f"{self.say(report.cover.partnership)} · {self.printed('release', hash=hash_)}"
        return {
            "report": report,
            "language": self.language,
            "say": self.say,
            "printed": self.printed,
            "kind": _kind,
            "findings_of": self.finding,
            "exhibit_of": self.exhibit,
            "story": story,
            "story_blocks": tuple(_before_subheading(story)),
            "story_end": tuple(_after_subheading(story)),
            "actions": report.section(SectionKey.LAST_ACTIONS),
            "sections": self.sections(),
            "told": self.titles(),
            "days": tuple(say_value(day, "day", self.language) for day in report.cover.published),
            "software": version("lsp_assess"),
            "style": page_style(footer, self._mark(), self._page_of()),
        }

    def sections(self) -> tuple[Section, ...]:
        """All that follow the contents; page two comes again only with its tables."""
        kept = []
        for section in self.report.sections:
            if section.key is not SectionKey.WHAT_CHANGED:
                kept.append(section)
            elif large := tuple(block for block in section.blocks if isinstance(block, _LARGE)):
                kept.append(
                    Section(key=section.key, name=section.name, finding=section.finding, blocks=large)
                )
        return tuple(kept)

    def _mark(self) -> str:
        return "" if self.report.cover.mark is None else self.say(self.report.cover.mark)

    def _page_of(self) -> str:
        return self.printed("page_of", page=PAGE, pages=PAGES)


def _before_subheading(section: Section) -> Iterator[Block]:
    """What page two says first; tables and stories come after the contents."""
    small = (block for block in section.blocks if not isinstance(block, _LARGE))
    return takewhile(lambda block: not isinstance(block, Subheading), small)


def _after_subheading(section: Section) -> Iterator[Block]:
    small = (block for block in section.blocks if not isinstance(block, _LARGE))
    return dropwhile(lambda block: not isinstance(block, Subheading), small)


def _stories(section: Section) -> list[StoryBlock]:
    return [block for block in section.blocks if isinstance(block, StoryBlock)]
