"""Questionnaires are parsed once; every error is told at once, with code, line and remedy."""

import json
import re
from pathlib import Path

import jsonschema
import pytest

from lsp_assess.instruments import Instrument, document, parse, parse_document
from lsp_assess.instruments.items import ItemType
from lsp_assess.instruments.reading import keys
from lsp_assess.instruments.reading.nodes import to_plain
from lsp_assess.instruments.reading.yaml_text import read_yaml
from lsp_assess.kernel.errors import Invalid
from lsp_assess.rendering.wording import say

ROOT = Path(__file__).parents[3]
TINY = ROOT / "tests/questionnaires"
OWN = [path for path in sorted(TINY.glob("*.yaml")) if path.stem != "local"]
SHIPPED = sorted((ROOT / "questionnaires").glob("*.yaml"))
WRONG = sorted((TINY / "wrong").glob("*.yaml"))
SCHEMA = json.loads((ROOT / "questionnaires/schema.json").read_text(encoding="utf-8"))


def named(path: Path) -> str:
    return path.stem


def read(path: Path) -> Instrument:
    base = parse((TINY / "routing.yaml").read_text(encoding="utf-8"), file="routing.yaml")
    text = path.read_text(encoding="utf-8")
    return parse(text, file=path.name, shipped={(base.name, base.version): base})


@pytest.mark.parametrize("path", WRONG, ids=named)
def test_each_error_is_told_at_its_line_and_no_other(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    expected = [(line, code) for line, text in enumerate(lines, 1) for code in re.findall(r"!(Q\d+)", text)]
    with pytest.raises(Invalid) as caught:
        read(path)
    assert expected
    assert sorted((each.place.line, each.code) for each in caught.value.problems) == sorted(expected)


@pytest.mark.parametrize("path", WRONG, ids=named)
def test_each_error_has_words_and_a_remedy(path: Path) -> None:
    with pytest.raises(Invalid) as caught:
        read(path)
    for each in caught.value.problems:
        assert len(say(each.what)) > 10
        assert say(each.remedy).endswith(".")


def test_every_code_of_the_package_has_its_words() -> None:
    source = "".join(path.read_text() for path in (ROOT / "lsp_assess/instruments").rglob("*.py"))
    used = set(re.findall(r'"([QA]\d{3})"', source))
    wording = (ROOT / "lsp_assess/rendering/wording/en/instruments.yaml").read_text(encoding="utf-8")
    assert used == set(re.findall(r"^problem\.([QA]\d{3}):", wording, re.MULTILINE))
    assert used == set(re.findall(r"^remedy\.([QA]\d{3}):", wording, re.MULTILINE))


@pytest.mark.parametrize("path", [*OWN, *SHIPPED, TINY / "local.yaml"], ids=named)
def test_what_is_stored_is_read_back_as_the_same_questionnaire(path: Path) -> None:
    instrument = read(path)
    stored = json.loads(json.dumps(document(instrument), sort_keys=True))
    assert parse_document(stored) == instrument


@pytest.mark.parametrize("path", [*OWN, *SHIPPED, TINY / "local.yaml"], ids=named)
def test_the_published_schema_takes_what_the_parser_takes(path: Path) -> None:
    plain = to_plain(read_yaml(path.read_text(encoding="utf-8"), file=path.name))
    jsonschema.validate(plain, SCHEMA)
    jsonschema.validate(json.loads(json.dumps(document(read(path)))), SCHEMA)


def test_the_published_schema_is_itself_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_published_schema_knows_the_same_keys_as_the_parser() -> None:
    definitions = SCHEMA["$defs"]
    scoring = definitions["scoring"]["properties"]
    criterion = scoring["criteria"]["items"]["properties"]
    crosswalk = definitions["scoring_crosswalk"]["properties"]
    corresponding = crosswalk["criteria"]["items"]["properties"]
    pairs = [
        (SCHEMA["properties"], keys.QUESTIONNAIRE | keys.EXTENSION),
        (definitions["scale"]["properties"], keys.SCALE),
        (definitions["section"]["properties"], keys.SECTION),
        (definitions["item"]["properties"], keys.ANY_ITEM),
        (definitions["item"]["properties"]["choices"]["items"]["properties"], keys.CHOICE),
        (definitions["item"]["properties"]["rows"]["items"]["properties"], keys.ROW),
        (definitions["derived"]["properties"], keys.DERIVED),
        (definitions["crosswalk"]["properties"], keys.CROSSING),
        (scoring, keys.SCORING),
        (criterion, keys.CRITERION),
        (criterion["parts"]["items"]["properties"], keys.PART),
        (crosswalk, keys.SCORING_CROSSWALK),
        (crosswalk["to"]["properties"], keys.CROSSWALK_TO),
        (corresponding, keys.CORRESPONDING),
        (corresponding["parts"]["items"]["properties"], keys.CORRESPONDING_PART),
    ]
    for published, taken in pairs:
        assert set(published) == taken
    assert set(definitions["item"]["properties"]["type"]["enum"]) == set(ItemType)


def test_yes_and_no_are_codes_of_choices_and_switches_alike(tiny) -> None:
    single = tiny("single").item("area_change")
    assert [choice.value for choice in single.choices] == ["better", "worse", "no"]
    assert single.required


def test_the_source_language_comes_first_and_stands_in_for_what_is_not_translated(tiny) -> None:
    instrument = tiny("languages")
    assert instrument.source_language == "en"
    assert instrument.complete_languages == ("en", "cy")
    assert instrument.item("likes").text.say("ur") == "What do you like?"
    assert instrument.item("likes").text.say("cy") == "Beth ydych chi’n ei hoffi?"


def test_shares_are_exact_parts_of_a_criterion(tiny) -> None:
    scoring = tiny("scoring").scoring
    shares = [[str(part.share) for part in criterion.parts] for criterion in scoring.criteria]
    assert shares == [["1/2", "1/2"], ["3/4", "1/4"]]
    assert scoring.points == 300
    assert scoring.elements_of("enabler").cap == "sound"
    assert scoring.elements_of("result") is None


def test_a_third_can_be_written_exactly() -> None:
    text = (TINY / "scoring.yaml").read_text(encoding="utf-8")
    thirds = text.replace("share: 75", 'share: "200/3"').replace("share: 25", 'share: "100/3"')
    scoring = parse(thirds, file="thirds").scoring
    assert scoring is not None
    assert [str(part.share) for part in scoring.criteria[1].parts] == ["2/3", "1/3"]


def test_local_questions_stand_where_they_are_put_and_alter_nothing_else() -> None:
    base, local = read(TINY / "routing.yaml"), read(TINY / "local.yaml")
    assert [section.name for section in local.sections] == ["area", "harbour", "agencies"]
    assert tuple(section for section in local.sections if section.name != "harbour") == base.sections
    assert local.based_on is not None
    assert (local.name, local.based_on.name) == ("local", "routing")


def test_a_questionnaire_that_is_not_known_cannot_be_extended() -> None:
    with pytest.raises(Invalid) as caught:
        parse((TINY / "local.yaml").read_text(encoding="utf-8"), file="local.yaml")
    assert [each.code for each in caught.value.problems] == ["Q603"]


@pytest.mark.parametrize("kind", ["household", "story", "open_protocol"])
def test_only_a_self_assessment_is_scored(kind: str) -> None:
    text = (
        (TINY / "scoring.yaml").read_text(encoding="utf-8").replace("kind: self_assessment", f"kind: {kind}")
    )
    with pytest.raises(Invalid) as caught:
        parse(text, file="scored")
    assert [each.code for each in caught.value.problems] == ["Q511"]
