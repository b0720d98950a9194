"""Whatever estimation says has words."""

import re
from pathlib import Path

import pytest

import lsp_assess.estimation
from lsp_assess.estimation import Flag, Method, Reference, Verdict
from lsp_assess.rendering.wording import texts

PACKAGE = Path(lsp_assess.estimation.__file__).parent
REFUSALS = sorted(
    {code for file in PACKAGE.glob("*.py") for code in re.findall(r'refuse\(\s*"(\w+)"', file.read_text())}
)


@pytest.mark.parametrize("code", REFUSALS)
def test_every_refusal_says_what_is_wrong_and_what_to_do(code: str) -> None:
    assert {f"problem.estimation.{code}", f"remedy.estimation.{code}"} <= set(texts("en"))


def test_every_flag_method_reference_and_verdict_has_words() -> None:
    kinds = {"flag": Flag, "method": Method, "reference": Reference, "verdict": Verdict}
    codes = {f"estimation.{kind}.{one.value}" for kind, every in kinds.items() for one in every}
    assert len(REFUSALS) > 15
    assert codes <= set(texts("en"))


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_verdict_is_a_sentence_in_every_shipped_language(language: str) -> None:
    known = texts(language)
    for code in (
        *Verdict,
        "inconclusive_points",
        "inconclusive_score",
        "too_few",
        "not_testable",
        "not_compared",
    ):
        assert known[f"estimation.told.{code}"].endswith(".")
