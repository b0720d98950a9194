"""How long each class of record is kept, and what its time runs from. Every table names its class."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class RetentionClass(StrEnum):
    ACCOUNT = "account"
    CONTACT = "contact"
    INDIVIDUAL_ANSWERS = "individual_answers"
    STORIES = "stories"
    PUBLISHED = "published"
    RECORDS = "records"
    AUDIT = "audit"
    TRANSIENT = "transient"
    CONFIGURATION = "configuration"
    REFERENCE = "reference"


class RunsFrom(StrEnum):
    """The moment from which the period runs."""

    LAST_USE = "last_use"
    COLLECTION_CLOSED = "collection_closed"
    CREATED = "created"
    PARTNERSHIP_ENDED = "partnership_ended"


@dataclass(frozen=True, slots=True)
class Retention:
    """`days` None: kept for as long as the partnership keeps its records."""

    days: int | None
    runs_from: RunsFrom


YEAR = 365
RETENTION: dict[RetentionClass, Retention] = {
    RetentionClass.ACCOUNT: Retention(2 * YEAR, RunsFrom.LAST_USE),
    RetentionClass.CONTACT: Retention(180, RunsFrom.COLLECTION_CLOSED),
    RetentionClass.INDIVIDUAL_ANSWERS: Retention(10 * YEAR, RunsFrom.COLLECTION_CLOSED),
    RetentionClass.STORIES: Retention(10 * YEAR, RunsFrom.COLLECTION_CLOSED),
    RetentionClass.PUBLISHED: Retention(None, RunsFrom.CREATED),
    RetentionClass.RECORDS: Retention(7 * YEAR, RunsFrom.CREATED),
    RetentionClass.AUDIT: Retention(None, RunsFrom.CREATED),
    RetentionClass.TRANSIENT: Retention(30, RunsFrom.CREATED),
    RetentionClass.CONFIGURATION: Retention(YEAR, RunsFrom.PARTNERSHIP_ENDED),
    RetentionClass.REFERENCE: Retention(None, RunsFrom.CREATED),
}


SETTABLE = tuple(class_ for class_, kept in RETENTION.items() if kept.days is not None)
"""Whose period a partnership may set."""


def periods_of(set_days: Mapping[str, int]) -> dict[RetentionClass, int | None]:
    """Days by class: those that the partnership has set, else the usual ones."""
    return {class_: set_days.get(class_.value, kept.days) for class_, kept in RETENTION.items()}


def expires(class_: RetentionClass, since: date) -> date | None:
    """The first day on which a record of this class is gone; None where it stays."""
    days = RETENTION[class_].days
    return None if days is None else since + timedelta(days=days)
