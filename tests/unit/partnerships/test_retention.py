from datetime import date

from lsp_assess.partnerships.retention import RETENTION, RetentionClass, expires


def test_every_class_of_record_has_a_period() -> None:
    assert set(RETENTION) == set(RetentionClass)


def test_contact_details_go_half_a_year_after_the_collection_closed() -> None:
    assert expires(RetentionClass.CONTACT, date(2025, 1, 1)) == date(2025, 6, 30)


def test_what_has_been_published_stays() -> None:
    assert expires(RetentionClass.PUBLISHED, date(2025, 1, 1)) is None
