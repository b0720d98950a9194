"""Items of evidence as pages show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2

from lsp_assess.actions.evidence import Held, KnownPart
from lsp_assess.assessment.evidence import Relied, Stale
from lsp_assess.kernel.messages import Message, message
from lsp_assess.web.evidence_forms import part_title
from lsp_assess.web.form_fields import choices
from lsp_assess.web.languages import spoken

STALE = " (▲ out of date)"
FILE_KINDS = {
    "application/pdf": "pdf",
    "image/png": "picture",
    "image/jpeg": "picture",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownItem:
    """`stale` is empty where it counts; `kinds` are what there is of it, in words."""

    id: UUID
    title: str
    kinds: tuple[str, ...]
    stale: str
    parts: tuple[str, ...]
    effective_on: date
    expires_on: date | None
    added_at: datetime
    withdrawn_at: datetime | None
    withdrawn_because: str | None
    audience: str
    is_own: bool


def shown_items(held: Iterable[Held], parts: Mapping[str, KnownPart]) -> tuple[ShownItem, ...]:
    return tuple(shown_item(one, parts) for one in held)


def shown_item(held: Held, parts: Mapping[str, KnownPart]) -> ShownItem:
    row = held.row
    return ShownItem(
        id=row.id,
        title=row.title,
        kinds=tuple(spoken(message(f"evidence_kind.{kind}")) for kind in _kinds(held)),
        stale=spoken(_stale(held)) if held.stale else "",
        parts=tuple(part_title(parts[code]) if code in parts else code for code in row.parts),
        effective_on=row.effective_on,
        expires_on=row.expires_on,
        added_at=row.added_at,
        withdrawn_at=row.withdrawn_at,
        withdrawn_because=row.withdrawn_because,
        audience=row.audience.value,
        is_own=held.is_own,
    )


def evidence_choices(held: Iterable[Held]) -> list[SelectChoice]:
    """For the facilitator, as what a score relies on."""
    told = ((one.row.id, f"{one.row.title}{STALE if one.stale else ''}") for one in held)
    return choices(told)


def shown_relied(relied: Iterable[Relied]) -> tuple[str, ...]:
    """For the record and the minutes: as it stood in the moment, and what has become of it."""
    return tuple(
        (one.title or "An item that not all partners may see any more")
        + (STALE if one.was_stale else "")
        + (" (withdrawn since)" if one.is_withdrawn else "")
        for one in relied
    )


def _stale(held: Held) -> Message:
    if held.stale is Stale.EXPIRED:
        return message("evidence_stale.expired", day=held.row.expires_on)
    return message("evidence_stale.old", months=held.months)


def _kinds(held: Held) -> Iterable[str]:
    row = held.row
    if row.words:
        yield "words"
    if row.link:
        yield "link"
    if row.media_type:
        yield FILE_KINDS.get(row.media_type, "office")
