"""The last section: how it was done, what was chosen, what was withheld, and what vouches for it."""

from collections.abc import Sequence

from lsp_assess.disclosure.release import InstrumentStated, ReleaseDocument
from lsp_assess.disclosure.tables import SafeTable
from lsp_assess.kernel.messages import Message, Parameter, message
from lsp_assess.reports.model import Block, Bullets, Paragraph, Subheading, TableBlock

GENERAL = ("partners", "residents", "change", "lights", "stories")
"""Codes of the paragraphs that say how each kind of figure is made."""
OF_RESIDENTS = "level_two.residents.made."
"""Tables whose ids begin so tell how the survey's figures were made, and are printed here."""


def method_blocks(releases: Sequence[ReleaseDocument], tables: Sequence[SafeTable] = ()) -> list[Block]:
    last = releases[-1]
    blocks: list[Block] = [Paragraph(message(f"reports.method.{code}")) for code in GENERAL]
    if tables:
        blocks.append(Subheading(message("reports.subheading.made")))
    blocks += [TableBlock(table) for table in tables]
    if last.caveats:
        blocks += [Subheading(message("reports.subheading.caveats")), Bullets(last.caveats)]
    blocks += [
        Subheading(message("reports.subheading.withheld")),
        Paragraph(message("reports.method.withheld")),
        Paragraph(message("reports.method.rounded")),
        Subheading(message("reports.subheading.settings")),
        Bullets(tuple(message("reports.setting", name=s.name, choice=s.choice) for s in last.settings)),
        Subheading(message("reports.subheading.versions")),
        Bullets(tuple(_instruments(releases))),
        Bullets(tuple(_release(release) for release in releases)),
    ]
    return [block for block in blocks if not (isinstance(block, Bullets) and not block.items)]


def _instruments(releases: Sequence[ReleaseDocument]) -> list[Message]:
    """Those of the rounds of the report, as the last release states them, each with its rounds."""
    names = {release.round.key: release.round.name for release in releases}
    used: dict[tuple[str, str], list[InstrumentStated]] = {}
    for stated in releases[-1].instruments:
        if stated.round in names:
            used.setdefault((stated.content_hash, stated.version), []).append(stated)
    return [
        message(
            "reports.instrument_used",
            name=stated[0].name,
            version=version,
            rounds=listed([names[key] for key in names if key in {one.round for one in stated}]),
            hash=content_hash[:8],
        )
        for (content_hash, version), stated in used.items()
    ]


def listed(names: Sequence[Message], how: str = "reports.listed") -> Message:
    """Joined by the words of `how`, which has `first` and `then`."""
    said = names[0]
    for name in names[1:]:
        said = message(how, first=said, then=name)
    return said


def _release(release: ReleaseDocument) -> Message:
    stated: dict[str, Parameter] = {
        "round": release.round.name,
        "number": str(release.number),
        "published": release.published,
        "hash": release.sha256,
    }
    if release.reason is None:
        return message("reports.release", **stated)
    return message("reports.release_corrected", reason=release.reason, **stated)
