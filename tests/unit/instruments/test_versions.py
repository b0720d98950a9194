"""What has been issued is immutable; a mended typo breaks no series, a changed scale does."""

import pytest

from lsp_assess.instruments import Difference, compare, content_hash, issued, parse, structure_hash
from lsp_assess.kernel.errors import Invalid
from tests.unit.instruments.conftest import TINY, read_tiny


def changed(name: str, old: str, new: str):
    text = (TINY / f"{name}.yaml").read_text(encoding="utf-8")
    assert old in text
    return parse(text.replace(old, new), file=f"{name}.yaml")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("single", "Has your area got better or worse?", "Has your area become better or worse?"),
        ("single", "{en: Better}", "{en: It is better}"),
        ("single", "kind: household", "kind: household\nminutes: 3"),
        ("languages", "Beth ydych", "Be’ ydych"),
        ("languages", "ur: incomplete", "ur: incomplete, pl: incomplete"),
        ("scale", "Something is badly wrong", "Something is wrong"),
        ("scale", "{en: The vision is shared.}", "{en: The vision is common.}"),
        ("wheel", "from: {en: Separate}", "from: {en: Apart}"),
        ("wheel", "links: [safer-streets]", "links: [safer-streets, cleaner-streets]"),
        ("wheel", "kind: reworded", "kind: same"),
        ("scoring", "share: 60}, {item: measures, share: 40}", "share: 50}, {item: measures, share: 50}"),
    ],
)
def test_a_correction_of_wording_breaks_no_series(name: str, old: str, new: str) -> None:
    before, after = read_tiny(name), changed(name, old, new)
    assert compare(before, after) is Difference.WORDING_CORRECTION
    assert content_hash(before) != content_hash(after)
    assert structure_hash(before) == structure_hash(after)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("single", "name: area_change", "name: area_changed"),
        ("single", "value: better", "value: improved"),
        ("single", "required: yes", "required: no"),
        ("single", "missing: [dont_know, refused]", "missing: [dont_know]"),
        ("multiple", "maximum: 2", "maximum: 3"),
        ("multiple", ", exclusive: yes", ""),
        ("scale", "neutral: 2\n    positive: [3]", "positive: [2, 3]"),
        ("scale", "step: 5", "step: 10"),
        ("grid", "high: 4", "high: 5"),
        ("number", "to: 20", "to: 30"),
        ("date", "to: today", 'to: "2030-01-01"'),
        ("texts", "length: 40", "length: 50"),
        ("consent", "consent: use", "consent: linking"),
        ("routing", "age >= 18", "age >= 16"),
        ("routing", "show_if: answered(why)", "show_if: answered(age)"),
        ("bases", "base: all, ", ""),
        ("bases", ", opinion: no", ""),
        ("scoring", "share: 75}, {item: measures, share: 25}", "share: 50}, {item: measures, share: 50}"),
        ("scoring", "points: 200", "points: 300"),
        ("scoring", "minimum_coverage: 1/2", "minimum_coverage: 2/3"),
        ("scoring", "caps: {enabler: sound}", "caps: {enabler: integrated}"),
    ],
)
def test_a_change_of_meaning_is_structural(name: str, old: str, new: str) -> None:
    assert compare(read_tiny(name), changed(name, old, new)) is Difference.STRUCTURAL


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("required: yes", "required: true"),
        ("text: {en: Has", "text:   {en: Has"),
        ("sections:", "# a comment\nsections:"),
        ('version: "1.0"', 'version: "1.1"'),
    ],
)
def test_how_a_file_is_written_makes_no_difference(old: str, new: str) -> None:
    assert compare(read_tiny("single"), changed("single", old, new)) is Difference.IDENTICAL


def test_codes_that_are_called_like_our_keys_still_count() -> None:
    crossed = "mapping: {1: 1, 2: 1, 3: 3}"
    assert read_tiny("wheel") != changed("wheel", crossed, "mapping: {1: 1, text: 1, 3: 3}")
    named = changed("wheel", "hub", "text")
    assert compare(named, changed("wheel", "hub", "label")) is Difference.STRUCTURAL


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("{en: Better}", "{en: Improved}", "Q602"), ("value: better", "value: improved", "Q601")],
)
def test_an_issued_version_cannot_change(old: str, new: str, code: str) -> None:
    text = (TINY / "single.yaml").read_text(encoding="utf-8")
    known = {("single", "1.0"): issued(read_tiny("single"))}
    assert parse(text, file="single", issued=known) == read_tiny("single")
    with pytest.raises(Invalid) as caught:
        parse(text.replace(old, new), file="single", issued=known)
    assert [each.code for each in caught.value.problems] == [code]
    renumbered = text.replace(old, new).replace('"1.0"', '"1.1"')
    assert parse(renumbered, file="single", issued=known).version == "1.1"


def test_local_questions_hold_to_the_structure_that_they_were_written_for() -> None:
    base = read_tiny("routing")
    text = (TINY / "local.yaml").read_text(encoding="utf-8")
    bound = text.replace('version: "1.0"}', f'version: "1.0", structure: {structure_hash(base)}}}')
    assert bound != text
    assert parse(
        bound, file="local", shipped={("routing", "1.0"): base}
    ).based_on.structure == structure_hash(base)
    other = changed("routing", "age >= 18", "age >= 16")
    with pytest.raises(Invalid) as caught:
        parse(bound, file="local", shipped={("routing", "1.0"): other})
    assert [each.code for each in caught.value.problems] == ["Q604"]
