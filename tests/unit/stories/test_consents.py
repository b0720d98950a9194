from datetime import UTC, datetime

import pytest

from lsp_assess.instruments.items import ConsentTo
from lsp_assess.stories.consents import FOR_STORIES, ConsentRecord, ConsentState, Said, allows, consent_state


def record(to: ConsentTo, said: Said, day: int) -> ConsentRecord:
    return ConsentRecord(to, said, datetime(2026, 3, day, tzinfo=UTC))


ALL_GIVEN = tuple(record(to, Said.GIVEN, 1) for to in FOR_STORIES)


def test_what_was_said_last_counts_in_whatever_order_it_arrives() -> None:
    withdrawn = record(ConsentTo.QUOTATION, Said.WITHDRAWN, 9)
    assert consent_state((withdrawn, *ALL_GIVEN), ConsentTo.QUOTATION) is ConsentState.WITHDRAWN
    again = record(ConsentTo.QUOTATION, Said.GIVEN, 10)
    assert consent_state((again, withdrawn, *ALL_GIVEN), ConsentTo.QUOTATION) is ConsentState.GIVEN


def test_each_consent_is_withdrawn_apart_from_the_others() -> None:
    records = (*ALL_GIVEN, record(ConsentTo.PHOTOGRAPH, Said.WITHDRAWN, 9))
    assert [to for to in FOR_STORIES if not allows(records, to)] == [ConsentTo.PHOTOGRAPH]


@pytest.mark.parametrize("said", [Said.REFUSED, Said.WITHDRAWN])
def test_without_the_use_of_a_story_nothing_of_it_is_quoted_or_shown(said: Said) -> None:
    records = (*ALL_GIVEN, record(ConsentTo.USE, said, 9))
    assert [to for to in FOR_STORIES if allows(records, to)] == [ConsentTo.RECONTACT]


def test_silence_is_no_consent() -> None:
    assert consent_state((), ConsentTo.USE) is ConsentState.NEVER_ASKED
    assert not allows((), ConsentTo.USE)
