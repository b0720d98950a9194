from fractions import Fraction

from lsp_assess.residents.outcomes import AAPOR_CODES, Disposition, response_rates

COUNTS = {
    Disposition.COMPLETE: 500,
    Disposition.PARTIAL: 20,
    Disposition.REFUSAL: 200,
    Disposition.NON_CONTACT: 150,
    Disposition.OTHER: 30,
    Disposition.UNKNOWN_ELIGIBILITY: 100,
    Disposition.NOT_ELIGIBLE: 0,
}


def outcomes(counts: dict[Disposition, int]) -> list[Disposition]:
    return [disposition for disposition, n in counts.items() for _ in range(n)]


def test_500_20_200_150_30_100_give_rr1_of_50_and_rr2_of_52_per_cent() -> None:
    rates = response_rates(outcomes(COUNTS))
    assert (rates.rr1, rates.rr2, rates.refusal) == (Fraction(1, 2), Fraction(13, 25), Fraction(1, 5))


def test_addresses_that_are_not_eligible_change_no_rate_and_are_counted() -> None:
    rates = response_rates(outcomes({**COUNTS, Disposition.NOT_ELIGIBLE: 77}))
    assert (rates.rr1, rates.count(Disposition.NOT_ELIGIBLE)) == (Fraction(1, 2), 77)


def test_without_an_eligible_address_there_is_no_rate() -> None:
    assert response_rates([Disposition.NOT_ELIGIBLE]).rr1 is None
    assert response_rates([]).rr2 is None


def test_every_disposition_has_its_aapor_code() -> None:
    assert set(AAPOR_CODES) == set(Disposition)
    assert len(set(AAPOR_CODES.values())) == len(Disposition)
