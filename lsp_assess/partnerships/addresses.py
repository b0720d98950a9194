"""E-mail addresses, by which accounts and people are known."""

import unicodedata


def one_address(email: str) -> str:
    """The same for the ways to write one: in capitals, full-width, with accents apart."""
    return unicodedata.normalize("NFKC", email).strip().lower()
