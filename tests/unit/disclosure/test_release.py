"""A release is immutable, verifies by its hashes, and outlives a withdrawn consent."""

import json
from datetime import date
from uuid import UUID

import pytest

from lsp_assess.disclosure.gate import pass_gate
from lsp_assess.disclosure.protecting import published
from lsp_assess.disclosure.release import (
    InstrumentStated,
    ReleaseDocument,
    RoundStated,
    Setting,
    StoryText,
    check_story,
    stated,
    story_hash,
)
from lsp_assess.disclosure.rules import SurveyEstimate
from lsp_assess.disclosure.stored_release import (
    read_release,
    read_story,
    write_release,
    write_restricted,
    write_story,
)
from lsp_assess.disclosure.tables import Column, Kind, RawCell, RawRow, RawTable, Role, Unit
from lsp_assess.disclosure.values import (
    Bound,
    Caution,
    Colour,
    Estimate,
    Light,
    Missing,
    Moment,
    Number,
    StoryReference,
    Strip,
    Verdict,
    VerdictCode,
    Words,
)
from lsp_assess.kernel.errors import Invalid
from lsp_assess.kernel.messages import given, message
from lsp_assess.partnerships.releases import ReleaseNumber
from tests.unit.disclosure.tables import ROUNDS, heading, one_column

STORY = StoryText(
    story=UUID("8b1c0a52-5a3e-4f8e-9f0e-2b8f1f6f3c11"),
    standing="value_added",
    title=given("The bus that waits"),
    byline=given("Told by a resident"),
    grades=message("stories.grades"),
    parts=((message("stories.before"), given("CANARY-5512")),),
    quote=given("It waits now."),
)

EVERY_VALUE = (
    Number(0.01, Bound.BELOW),
    Estimate(42.0, 38.0, 46.0, 2.0, 500, 410.0, (Caution.SERIES_BREAK,)),
    Words(message("x", when=date(2026, 3, 14), inner=given(en="A", cy="B"))),
    Moment(date(2024, 4, 1)),
    Light(Colour.CANNOT_TELL, (Colour.GREEN, Colour.AMBER)),
    Verdict(VerdictCode.INCONCLUSIVE, 4.0),
    Strip(((25.0, 3), (50.0, 6))),
    StoryReference(STORY.story),
)


def document(**changes: object) -> ReleaseDocument:
    raw = RawTable(
        heading=heading(rounds=ROUNDS, footnotes=(message("note"),)),
        columns=tuple(
            Column(key=f"c{i}", kind=Kind.TEXT, heading=given("c"), role=Role.DETAIL, unit=Unit.NONE)
            for i in range(len(EVERY_VALUE))
        ),
        rows=(
            RawRow(key="all", cells=tuple(RawCell(value) for value in EVERY_VALUE)),
            RawRow(key="none", cells=tuple(RawCell(missing=Missing.REFUSED) for _ in EVERY_VALUE)),
        ),
    )
    settings = {
        "partnership_key": "p",
        "partnership": given("Northbank"),
        "rounds": (RoundStated("r1", given("2024"), 1), RoundStated("r2", given("2025"), 2)),
        "number": ReleaseNumber(2, 2),
        "published": date(2026, 3, 14),
        "instruments": (InstrumentStated("r2", given("Driver"), "lsp_driver", "1.0", "ab" * 32),),
        "settings": (Setting(message("setting.threshold"), given("5")),),
        "caveats": (message("caveat.srs"),),
        "tables": pass_gate([raw]).tables,
        "stories": (stated(STORY),),
        "reason": given("A typing error in ward 4"),
        "mark": message("mark.demonstration"),
    }
    return ReleaseDocument(**(settings | changes))  # type: ignore[arg-type]


def test_a_release_reads_back_as_it_was_written() -> None:
    assert read_release(json.loads(write_release(document()))) == document()


def test_the_same_release_is_the_same_bytes() -> None:
    again = read_release(json.loads(write_release(document())))
    assert write_release(again) == write_release(document())
    assert again.sha256 == document().sha256


def test_one_changed_number_is_found_by_the_hash_of_its_table() -> None:
    stored = write_release(document()).replace('"amount":42.0', '"amount":43.0')
    with pytest.raises(Invalid) as caught:
        read_release(json.loads(stored))
    assert caught.value.problems[0].what.params["part"] == "residents.test"


def test_changed_metadata_are_found_by_the_hash_over_all() -> None:
    with pytest.raises(Invalid) as caught:
        read_release(json.loads(write_release(document()).replace("2026-03-14", "2026-03-13")))
    assert caught.value.problems[0].code == "release_altered"


def test_a_table_taken_out_with_its_hash_is_found() -> None:
    stored = json.loads(write_release(document()))
    stored["tables"], stored["table_hashes"] = [], {}
    with pytest.raises(Invalid):
        read_release(stored)


def test_a_withdrawn_story_leaves_its_tombstone_and_every_hash_verifies() -> None:
    stored = write_release(document())
    assert "CANARY-5512" not in stored
    assert read_release(json.loads(stored)).stories == (stated(STORY),)


def test_a_story_text_is_checked_against_the_release() -> None:
    check_story(STORY, document())
    other = read_story(json.loads(write_story(STORY).replace("5512", "5513")))
    with pytest.raises(Invalid):
        check_story(other, document())


def test_a_story_reads_back_as_it_was_written() -> None:
    again = read_story(json.loads(write_story(STORY)))
    assert again == STORY
    assert story_hash(again) == story_hash(STORY)


def test_restricted_values_keep_full_precision_and_their_rule() -> None:
    raw = one_column({"a": (Estimate(41.7123), SurveyEstimate(29, 28.5))})
    gated = pass_gate([raw])
    (stored,) = json.loads(write_restricted(gated.restricted, published(gated, release="1")))["values"]
    assert stored["value"] == {"Estimate": {"amount": 41.7123}}
    rule = {"effective_n": 28.5, "n": 29, "least_answers": 30}
    assert stored["figures"] == [{"key": "a", "rule": {"SurveyEstimate": rule}}]
