"""What shows that a score is deserved: who may see it, when it is out of date, what a meeting relied on."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

from lsp_assess.kernel.errors import Invalid, Place, problem

USUAL_MONTHS = 24
SCHEMES = ("http", "https")


class Audience(StrEnum):
    """Whoever added an item sees it in any case."""

    PARTNERS = "partners"
    FACILITATION = "facilitation"


class Stale(StrEnum):
    EXPIRED = "expired"
    OLD = "old"


@dataclass(frozen=True, slots=True)
class Relied:
    """An item as it stood when a score was agreed on it. `title` is None where not all partners may see it
    any more."""

    item_id: UUID
    title: str | None
    was_stale: bool
    is_withdrawn: bool = False


def staleness(effective_on: date, expires_on: date | None, *, on: date, months: int) -> Stale | None:
    """An item counts to the end of its last day, and is too old once it is `months` of age."""
    if expires_on is not None and expires_on < on:
        return Stale.EXPIRED
    age = (on.year - effective_on.year) * 12 + on.month - effective_on.month - (on.day < effective_on.day)
    return Stale.OLD if age >= months else None


def check_days(effective_on: date, expires_on: date | None, *, today: date) -> None:
    """Raises Invalid."""
    if effective_on > today:
        raise Invalid(problem("evidence_not_yet", Place(question="effective_on")))
    if expires_on is not None and expires_on < effective_on:
        raise Invalid(problem("evidence_ends_before_it_begins", Place(question="expires_on")))


def is_link(link: str) -> bool:
    """Whether it is the address of a page, and says who is asked for it."""
    try:
        parts = urlsplit(link)
        fits = parts.scheme in SCHEMES and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False
    return fits and all(each.isprintable() and not each.isspace() for each in link)


def check_link(link: str) -> None:
    """Raises Invalid."""
    if not is_link(link):
        raise Invalid(problem("evidence_link", Place(question="link")))
