import pytest

from lsp_assess.partnerships.short_names import is_short_name


@pytest.mark.parametrize("text", ["abc", "northbridge", "north-bridge", "ward-7", "a" * 40])
def test_small_letters_digits_and_single_hyphens_make_a_short_name(text: str) -> None:
    assert is_short_name(text)


@pytest.mark.parametrize(
    "text",
    ["", "ab", "a" * 41, "North", "7-oaks", "-abc", "abc-", "a--b", "a b c", "caf\u00e9", "abc\n", "a/b"],
)
def test_what_would_read_badly_in_an_address_makes_none(text: str) -> None:
    assert not is_short_name(text)
