"""Final outcomes of sampled addresses and response rates, after AAPOR's Standard Definitions (2023).

RR1 = I / ((I + P) + (R + NC + O) + U), RR2 = (I + P) / the same: addresses of unknown eligibility all count
as eligible, so both are the least that the rate can be. Addresses that are not eligible are left out.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Disposition(StrEnum):
    COMPLETE = "complete"
    PARTIAL = "partial"
    REFUSAL = "refusal"
    NON_CONTACT = "non_contact"
    OTHER = "other"
    UNKNOWN_ELIGIBILITY = "unknown_eligibility"
    NOT_ELIGIBLE = "not_eligible"


AAPOR_CODES = {
    Disposition.COMPLETE: "1.1",
    Disposition.PARTIAL: "1.2",
    Disposition.REFUSAL: "2.1",
    Disposition.NON_CONTACT: "2.2",
    Disposition.OTHER: "2.3",
    Disposition.UNKNOWN_ELIGIBILITY: "3",
    Disposition.NOT_ELIGIBLE: "4",
}


@dataclass(frozen=True, slots=True)
class ResponseRates:
    """Rates from 0 to 1, None where no address was eligible or might have been."""

    counts: tuple[tuple[Disposition, int], ...]
    rr1: Fraction | None
    rr2: Fraction | None
    refusal: Fraction | None
    """AAPOR's REF1: refusals over the same denominator."""

    def count(self, disposition: Disposition) -> int:
        return dict(self.counts)[disposition]


def response_rates(outcomes: Iterable[Disposition]) -> ResponseRates:
    counts = Counter(outcomes)
    eligible = counts.total() - counts[Disposition.NOT_ELIGIBLE]
    complete, partial = counts[Disposition.COMPLETE], counts[Disposition.PARTIAL]

    def rate(number: int) -> Fraction | None:
        return Fraction(number, eligible) if eligible else None

    return ResponseRates(
        counts=tuple((disposition, counts[disposition]) for disposition in Disposition),
        rr1=rate(complete),
        rr2=rate(complete + partial),
        refusal=rate(counts[Disposition.REFUSAL]),
    )
