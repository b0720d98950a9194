"""The file somebody gets who asks what is held about them: a zip with the records as JSON, for machines, and
as one page of tables, for people."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

SECRETS = frozenset(
    {
        "password",
        "fs_uniquifier",
        "tf_totp_secret",
        "mf_recovery_codes",
        "fs_webauthn_user_handle",
        "token_hash",
        "id_hash",
        "credential_id",
        "public_key",
    }
)
HELD_BACK = "(kept, and not shown: whoever read it could sign in as you)"
EMPTY: tuple[object, ...] = (None, "", {}, [])
REFERENCE = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d")
STYLE = "body{font-family:sans-serif;margin:2rem}table{border-collapse:collapse;margin-bottom:2rem}" + (
    "th,td{border:1px solid #999;padding:.3rem .6rem;text-align:left;vertical-align:top}"
)

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def subject_zip(rows: Rows, *, heading: str, made_at: datetime) -> bytes:
    """`rows` by table; columns that are secrets are named and held back."""
    shown = {table: [_shown(table, row) for row in held] for table, held in sorted(rows.items()) if held}
    document = {"heading": heading, "made_at": made_at.isoformat(), "records": shown}
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as file:
        file.writestr("everything.json", json.dumps(document, indent=1, ensure_ascii=False))
        file.writestr("everything.html", _page(heading, made_at, shown))
    return packed.getvalue()


def _shown(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    return {column: _value(table, column, value) for column, value in row.items()}


def _value(table: str, column: str, value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return HELD_BACK if value is not None and column in SECRETS else value
    if column in SECRETS or (table, column) == ("access.web_session", "content"):
        return HELD_BACK
    if isinstance(value, bytes):
        return f"(a file of {len(value)} bytes)"
    if isinstance(value, dict | list):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _page(heading: str, made_at: datetime, shown: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    tables = "".join(_table(name, held) for name, held in shown.items())
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(heading)}</title>'
        f"<style>{STYLE}</style></head><body><h1>{escape(heading)}</h1>"
        f"<p>Made on {made_at.day} {made_at:%B %Y}. What is empty, and the references of records to each"
        " other, are left out here: they stand in everything.json.</p>"
        f"{tables}</body></html>"
    )


def _table(name: str, held: Sequence[Mapping[str, Any]]) -> str:
    columns = [one for one in held[0] if _is_read(one, [row[one] for row in held])]
    if not columns:
        return f"<h2>{escape(_words(name))}</h2><p>Records: {len(held)}</p>"
    head = "".join(f'<th scope="col">{escape(_words(column))}</th>' for column in columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{_cell(row[one])}</td>" for one in columns) + "</tr>" for row in held
    )
    return (
        f"<h2>{escape(_words(name))}</h2><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _is_read(column: str, values: Sequence[Any]) -> bool:
    if column not in SECRETS and (column in ("id", "version") or column.endswith("_hash")):
        return False
    return any(value not in EMPTY and not REFERENCE.fullmatch(str(value)) for value in values)


def _words(name: str) -> str:
    """`contacts.household_address` → Household address."""
    return name.rpartition(".")[2].replace("_", " ").capitalize()


def _cell(value: Any) -> str:
    if isinstance(value, dict) and list(value) == ["value"]:
        return _cell(value["value"])
    if isinstance(value, dict):
        lines = (f"{escape(str(key))}: {_cell(each)}" for key, each in value.items())
        return "<br>".join(lines)
    if isinstance(value, list):
        return ", ".join(_cell(each) for each in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else escape(_moment(str(value)))


def _moment(text: str) -> str:
    """As a day and a time where it is one; somebody's own words may look like it."""
    try:
        at = datetime.fromisoformat(text).astimezone(UTC) if MOMENT.fullmatch(text) else None
    except (ValueError, OverflowError):
        at = None
    return text if at is None else f"{at.day} {at:%B %Y, %H:%M} UTC"
