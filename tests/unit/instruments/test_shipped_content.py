"""What the questionnaires that ship must hold (domain.md §3 to §5)."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from lsp_assess.instruments import Instrument, document, parse, parse_document
from lsp_assess.instruments.items import BaseOf, BaseRule, ConsentItem, Sensitivity

ROOT = Path(__file__).parents[3]
SHIPPED = sorted((ROOT / "questionnaires").glob("*.yaml"))


def read(name: str) -> Instrument:
    path = next(path for path in SHIPPED if path.stem == name)
    return parse(path.read_text(encoding="utf-8"), file=path.name)


def texts(node: object) -> Iterator[Mapping[str, str]]:
    if isinstance(node, dict):
        if "cy" in node and isinstance(node["cy"], str) and "en" in node and " " in node["en"]:
            yield node
        for key, value in node.items():
            if key != "languages":
                yield from texts(value)
    elif isinstance(node, list):
        for member in node:
            yield from texts(member)


def test_eight_questionnaires_ship() -> None:
    assert [path.stem for path in SHIPPED] == [
        "good_practice_protocol",
        "lsp_driver",
        "lsp_driver_2010",
        "lsp_driver_2020",
        "progress_wheel",
        "resident_survey",
        "value_added_perceptions",
        "value_added_story",
    ]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_each_parses_and_comes_back_the_same_from_storage(path: Path) -> None:
    instrument = parse(path.read_text(encoding="utf-8"), file=path.name)
    assert parse_document(document(instrument)) == instrument


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_each_can_open_in_english_and_in_unreviewed_welsh(path: Path) -> None:
    instrument = parse(path.read_text(encoding="utf-8"), file=path.name)
    assert [(tongue.code, tongue.status.value) for tongue in instrument.languages] == [
        ("en", "reviewed"),
        ("cy", "unreviewed"),
    ]
    assert instrument.information_sheet is not None
    assert instrument.privacy_notice is not None


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_welsh_is_translated_and_keeps_the_placeholders(path: Path) -> None:
    for text in texts(yaml.safe_load(path.read_text(encoding="utf-8"))):
        assert text["cy"] != text["en"]
        assert set(re.findall(r"{\w+}", text["cy"])) == set(re.findall(r"{\w+}", text["en"])), text["en"]


DRIVER = [
    ("leadership", 100, [Fraction(1, 5)] * 5),
    ("strategy", 80, [Fraction(1, 4)] * 4),
    ("people", 90, [Fraction(1, 5)] * 5),
    ("resources", 90, [Fraction(1, 5)] * 5),
    ("processes", 140, [Fraction(1, 5)] * 5),
    ("resident_results", 200, [Fraction(3, 4), Fraction(1, 4)]),
    ("partner_results", 90, [Fraction(3, 4), Fraction(1, 4)]),
    ("society_results", 60, [Fraction(1, 4), Fraction(3, 4)]),
    ("key_results", 150, [Fraction(1, 2), Fraction(1, 2)]),
]


def test_the_driver_has_nine_criteria_of_32_parts_and_1000_points() -> None:
    scoring = read("lsp_driver").scoring
    assert scoring is not None
    assert scoring.points == 1000
    assert [(c.name, c.points, [p.share for p in c.parts]) for c in scoring.criteria] == DRIVER
    assert sum(len(criterion.parts) for criterion in scoring.criteria) == 32


EDITIONS = ["lsp_driver", "lsp_driver_2010", "lsp_driver_2020"]


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_part_has_statements_and_five_described_points_of_21(edition: str) -> None:
    driver = read(edition)
    assert driver.scoring is not None
    for criterion in driver.scoring.criteria:
        for part in criterion.parts:
            item = driver.item(part.item)
            assert len(item.statements) >= (2 if criterion.group == "result" else 1)
            assert item.scale.values == tuple(range(0, 101, 5))
            described = [point.value for point in item.scale.points if point.description]
            assert described == [0, 25, 50, 75, 100]


@pytest.mark.parametrize(
    ("edition", "weights"),
    [
        ("lsp_driver_2010", [100, 100, 100, 100, 100, 150, 100, 100, 150]),
        ("lsp_driver_2020", [100, 100, 100, 200, 100, 200, 200]),
    ],
)
def test_another_edition_is_another_file(edition: str, weights: list[int]) -> None:
    scoring = read(edition).scoring
    assert scoring is not None
    assert [criterion.points for criterion in scoring.criteria] == weights
    assert scoring.points == 1000


def test_the_2010_edition_splits_its_results_75_25_75_25_50_50_50_50() -> None:
    scoring = read("lsp_driver_2010").scoring
    assert scoring is not None
    splits = [[100 * part.share for part in c.parts] for c in scoring.criteria if c.group == "result"]
    assert splits == [[75, 25], [75, 25], [50, 50], [50, 50]]


@pytest.mark.parametrize("edition", EDITIONS[1:])
def test_an_edition_leads_each_of_its_parts_to_one_of_the_nine_criteria_of_the_driver(edition: str) -> None:
    scoring, nine = read(edition).scoring, read("lsp_driver").scoring
    crosswalk = scoring.crosswalk
    assert (crosswalk.name, crosswalk.version) == ("lsp_driver", read("lsp_driver").version)
    assert [(c.name, c.title) for c in crosswalk.criteria] == [(c.name, c.title) for c in nine.criteria]
    led = [part.item for criterion in crosswalk.criteria for part in criterion.parts]
    assert sorted(led) == sorted(part.item for c in scoring.criteria for part in c.parts)


@pytest.mark.parametrize("edition", EDITIONS)
def test_people_can_write_under_every_criterion_of_an_edition(edition: str) -> None:
    instrument = read(edition)
    for criterion in instrument.scoring.criteria:
        for kind in ("evidence", "strengths", "improvements"):
            assert instrument.item(f"{kind}_{criterion.name}") is not None


def test_no_two_editions_say_the_same_of_a_part() -> None:
    """Each is asked in words of its own, so that nobody takes a part of one for a part of another."""
    said = [
        (part.item, str(read(edition).item(part.item).statements))
        for edition in EDITIONS
        for criterion in read(edition).scoring.criteria
        for part in criterion.parts
    ]
    assert len({item for item, _ in said}) == len({words for _, words in said}) == len(said)


def test_the_wheel_has_nine_spokes_from_separate_to_integrated_and_no_total() -> None:
    wheel = read("progress_wheel")
    assert wheel.wheel is not None
    assert len(wheel.wheel.items) == 9
    assert (wheel.wheel.rim.say("en"), wheel.wheel.hub.say("en")) == ("Separate", "Integrated")
    assert wheel.scoring is None
    assert all(len(wheel.item(spoke).statements) == 3 for spoke in wheel.wheel.items)


def test_the_good_practice_protocol_has_19_prompts_in_three_parts() -> None:
    protocol = read("good_practice_protocol")
    assert [len(section.items) for section in protocol.sections] == [6, 9, 4]


def test_the_resident_survey_sums_seven_behaviours_from_0_to_21() -> None:
    survey = read("resident_survey")
    index = next(derived for derived in survey.derived if derived.name == "asb_index")
    scales = [survey.question(name).scale for name in index.questions]
    assert len(scales) == 7
    assert index.high == 11
    assert sum(min(scale.values) for scale in scales) == 0
    assert sum(max(scale.values) for scale in scales) == 21


def test_the_resident_survey_declares_four_headlines_and_three_consents() -> None:
    survey = read("resident_survey")
    assert [item.name for item in survey.questions if item.headline] == [
        "area_satisfaction",
        "safe_dark",
        "backgrounds_get_on",
        "influence",
    ]
    consents = [item.consent.value for item in survey.items if isinstance(item, ConsentItem)]
    assert sorted(consents) == ["linking", "quotation", "recontact"]


def test_getting_on_together_is_counted_among_those_who_express_an_opinion() -> None:
    question = read("resident_survey").question("backgrounds_get_on")
    assert question.base is BaseRule.EXPRESSED_OPINION
    assert [point.value for point in question.scale.points if not point.opinion] == [6, 7]


def test_change_in_the_area_is_asked_only_of_those_who_lived_here() -> None:
    question = read("resident_survey").question("area_change")
    assert question.show_if is not None
    assert isinstance(question.base, BaseOf)


def test_questions_about_the_person_can_be_refused_and_health_is_special() -> None:
    survey = read("resident_survey")
    section = survey.section("about_you")
    assert all("refused" in [kind.value for kind in item.missing] for item in section.items)
    special = {item.name for item in survey.questions if item.sensitivity is Sensitivity.SPECIAL}
    assert special == {"health", "ethnic_group", "disability"}


def test_a_story_asks_four_separate_consents_and_what_would_have_happened_anyway() -> None:
    story = read("value_added_story")
    consents = [item.consent.value for item in story.items if isinstance(item, ConsentItem)]
    assert sorted(consents) == ["photograph", "quotation", "recontact", "use"]
    for name in ("situation_before", "anyway", "anyway_reason", "other_causes", "downsides", "cost"):
        assert story.item(name) is not None, name
