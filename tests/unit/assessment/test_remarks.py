"""Words are struck, never put in."""

from hypothesis import given
from hypothesis import strategies as st

from lsp_assess.assessment.remarks import GAP, struck

WORDS = st.lists(st.sampled_from(["plan", "we", "at", "Harbour"]), max_size=8)


def test_a_mark_stands_where_words_were_struck() -> None:
    written = "We at Harbour Lane told everybody."
    assert struck(written, written) == written
    assert struck(written, "told everybody.") == "[…] told everybody."
    assert struck(written, "We […] told") == "We […] told […]"
    assert struck(written, "") == GAP


def test_a_word_that_was_not_written_there_is_refused() -> None:
    assert struck("We told everybody.", "We told nobody.") is None
    assert struck("We told everybody.", "told We") is None
    assert struck("We told everybody.", "We told every") is None


@given(WORDS, st.data())
def test_whatever_is_taken_out_of_a_text_is_a_text_of_its_words(
    words: list[str], data: st.DataObject
) -> None:
    kept = [word for word in words if data.draw(st.booleans())]
    shown = struck(" ".join(words), " ".join(kept))
    assert shown is not None
    assert [word for word in shown.split() if word != GAP] == kept
    assert struck(" ".join(words), shown) == shown
