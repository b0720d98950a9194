"""Sharing agreements: under what a source's data may be used, and since when."""

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


def in_force(valid_from: date, valid_to: date | None, *, on: date) -> bool:
    """Both days belong to it."""
    return valid_from <= on and (valid_to is None or on <= valid_to)
