"""The one rounding: half up, away from nought, when a score is shown and never before."""

from decimal import Decimal
from fractions import Fraction


def display(value: Fraction, *, places: int = 0) -> Decimal:
    """Exact: a half is a half, whatever its binary form."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(-whole if value < 0 else whole).scaleb(-places)
