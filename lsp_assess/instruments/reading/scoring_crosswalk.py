"""The crosswalk of an edition: which of its parts stand for which criterion of another questionnaire."""

from collections.abc import Collection
from fractions import Fraction

from lsp_assess.instruments.reading import keys
from lsp_assess.instruments.reading.fields import Fields
from lsp_assess.instruments.reading.shares import shared
from lsp_assess.instruments.scoring import Corresponding, Part, ScoringCrosswalk


def read_scoring_crosswalk(fields: Fields, parts: Collection[str]) -> ScoringCrosswalk | None:
    """`parts` are the items that are parts of a criterion here."""
    node = fields.node("crosswalk")
    if node is None:
        return None
    inner = fields.inner(node, keys.SCORING_CROSSWALK, "crosswalk")
    to = inner.needed("to")
    there = None if to is None else inner.inner(to, keys.CROSSWALK_TO, "to")
    criteria = tuple(
        _corresponding(inner.inner(member, keys.CORRESPONDING, "criterion"), parts)
        for member in inner.needed_nodes("criteria")
    )
    _check_once(inner, "criterion", [criterion.name for criterion in criteria])
    _check_once(inner, "part", [part.item for criterion in criteria for part in criterion.parts])
    return ScoringCrosswalk(
        name="" if there is None else there.name(),
        version="" if there is None else there.word("version") or "",
        criteria=criteria,
        note=inner.optional_text("note"),
    )


def _corresponding(fields: Fields, parts: Collection[str]) -> Corresponding:
    read = [
        _part(fields.inner(node, keys.CORRESPONDING_PART, "part"), parts)
        for node in fields.needed_nodes("parts")
    ]
    return Corresponding(name=fields.name(), title=fields.text("title"), parts=shared(fields, read))


def _part(fields: Fields, parts: Collection[str]) -> tuple[Part, Fraction | None]:
    item = fields.name("item")
    if item and item not in parts:
        fields.problem("Q512", item=item)
    return Part(item, Fraction(0)), fields.fraction("share")


def _check_once(fields: Fields, what: str, names: list[str]) -> None:
    for name in sorted({name for name in names if names.count(name) > 1}):
        fields.problem("Q106", fields.line_of("criteria"), what=what, name=name)
