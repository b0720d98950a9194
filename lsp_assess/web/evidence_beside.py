"""What the register holds for the parts that somebody is scoring."""

from collections.abc import Mapping

from lsp_assess.actions.answering import Sheet
from lsp_assess.actions.editing import found
from lsp_assess.actions.evidence import evidence_of
from lsp_assess.actions.work import Work
from lsp_assess.database.models.partnerships import Round
from lsp_assess.instruments import Section
from lsp_assess.instruments.items import questions_of
from lsp_assess.web.evidence_shown import ShownItem, shown_items


def evidence_beside(doing: Work, sheet: Sheet, section: Section) -> Mapping[str, tuple[ShownItem, ...]]:
    """By each scored part of the section, also where there is none."""
    model = sheet.instrument.scoring
    if model is None:
        return {}
    scored = {part.item for criterion in model.criteria for part in criterion.parts}
    parts = [asked.name for item in section.items for asked in questions_of(item) if asked.name in scored]
    months = found(doing, Round, sheet.collection.round_id).evidence_months
    held = evidence_of(doing, parts, months=months)
    return {part: shown_items(held.get(part, ()), {}) for part in parts}
