"""Sharing agreements: under what data may be taken in or handed out, and since when."""

from datetime import date
from enum import StrEnum


class LawfulBasis(StrEnum):
    """Article 6(1) of the UK GDPR; or no personal data, as with open statistics."""

    PUBLIC_TASK = "public_task"
    LEGAL_OBLIGATION = "legal_obligation"
    LEGITIMATE_INTERESTS = "legitimate_interests"
    CONTRACT = "contract"
    VITAL_INTERESTS = "vital_interests"
    CONSENT = "consent"
    NOT_PERSONAL = "not_personal"


class Allows(StrEnum):
    """What an agreement is about: data that come in, or records that go out."""

    TAKING_IN = "taking_in"
    RESEARCH = "research"


def in_force(valid_from: date, valid_to: date | None, *, on: date) -> bool:
    """Both days belong to it."""
    return valid_from <= on and (valid_to is None or on <= valid_to)
