"""Handing answers over for research, record by record."""

from typing import TextIO

from lsp_assess.actions.work import Work
from lsp_assess.database.instruments import instrument_of
from lsp_assess.database.records import collection_known_as, stored_records
from lsp_assess.database.research import reading_answers
from lsp_assess.exchange.records import released_questions, write_records
from lsp_assess.kernel.errors import NotFound


def hand_over_records(work: Work, *, round_number: int, instrument: str, agreement: str, out: TextIO) -> int:
    """Write the answers to `out`; how many. What was handed over, and under which agreement, is recorded.
    Raises NotFound where the round has no such collection."""
    collection = collection_known_as(work.session, round_number=round_number, instrument=instrument)
    if collection is None:
        raise NotFound
    questions = released_questions(instrument_of(work.session, collection.instrument_hash))
    with reading_answers(work.session):
        count = write_records(stored_records(work.session, collection.id), questions=questions, out=out)
    work.record(
        "records_handed_over",
        object_kind="collection",
        object_id=collection.id,
        agreement=agreement,
        records=count,
    )
    return count
