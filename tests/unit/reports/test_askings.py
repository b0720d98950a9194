"""Which questions of two rounds may be compared, read from real questionnaires."""

from dataclasses import replace

import pytest

from lsp_assess.instruments import Instrument, parse
from lsp_assess.instruments.answers import Answered, Missing
from lsp_assess.instruments.instrument import Comparability
from lsp_assess.instruments.scales import MissingKind
from lsp_assess.reports.askings import RoundInstrument, Wording, found_in
from lsp_assess.reports.survey_asked import Asking, Measure, Standing
from lsp_assess.reports.survey_questions import SurveyColumn, survey_columns

SOURCE = """
name: small
version: "{version}"
kind: household
languages: {{en: reviewed}}
title: {{en: Small}}
information_sheet: {{en: Why}}
privacy_notice: {{en: How}}
scales:
  five:
    points:
      - {{value: 1, label: {{en: bad}}}}
      - {{value: 2, label: {{en: middling}}}}
      - {{value: 3, label: {{en: good}}}}
      - {{value: 4, label: {{en: no view}}, opinion: false}}
    positive: [3]
    negative: [1]
    missing: [refused]
sections:
  - name: all
    title: {{en: All}}
    items:
      - name: area
        type: scale
        text: {{en: "{words}"}}
        scale: five
        base: expressed_opinion
        headline: true
      - name: victim
        type: single
        text: {{en: Were you a victim?}}
        choices:
          - {{value: "yes", label: {{en: "Yes"}}}}
          - {{value: "no", label: {{en: "No"}}}}
      - name: priorities
        type: multiple
        text: {{en: What first?}}
        choices:
          - {{value: parks, label: {{en: Parks}}}}
          - {{value: roads, label: {{en: Roads}}}}
      - {{name: why, type: long_text, text: {{en: Why?}}}}
"""


def instrument(version: str = "1.0", words: str = "How is the area?") -> Instrument:
    return parse(SOURCE.format(version=version, words=words), file="small.yaml")


def asked(round_key: str, of: Instrument, **changes: object) -> RoundInstrument:
    return replace(RoundInstrument(round=round_key, instrument=of, wordings={}), **changes)  # type: ignore[arg-type]


def columns(*rounds: RoundInstrument) -> dict[str, SurveyColumn]:
    return {column.question.key: column for column in survey_columns(rounds)}


def test_the_same_questionnaire_is_compared() -> None:
    found = found_in("area", now=asked("r2", instrument()), earlier=asked("r1", instrument()))
    assert found is not None
    assert found.asking is Asking.SAME


def test_another_wording_in_a_file_is_marked_with_its_note() -> None:
    worded = {"area": Wording(Comparability.REWORDED, "How is the city?", "The city, not the area")}
    found = found_in(
        "area", now=asked("r2", instrument()), earlier=asked("r1", instrument(), wordings=worded)
    )
    assert found is not None
    assert found.asking is Asking.MARKED
    assert found.mark is not None
    assert found.mark.params["en"] == "The city, not the area"


def test_the_same_other_wording_in_both_rounds_is_no_break() -> None:
    worded = {"area": Wording(Comparability.REWORDED, "How is the city?")}
    found = found_in(
        "area",
        now=asked("r2", instrument(), wordings=worded),
        earlier=asked("r1", instrument(), wordings=worded),
    )
    assert found is not None
    assert found.asking is Asking.SAME


def test_another_scale_in_another_version_without_a_crosswalk_is_not_compared() -> None:
    more = "      - {{value: 4, label: {{en: no view}}, opinion: false}}\n"
    scale = more + more.replace("4", "5").replace("no view", "not my area")
    now = parse(
        SOURCE.replace(more, scale).format(version="2.0", words="How is the area?"), file="small.yaml"
    )
    later, earlier = asked("r2", now), asked("r1", instrument())
    by_scale, untouched = (found_in(name, now=later, earlier=earlier) for name in ("area", "victim"))
    assert by_scale is not None
    assert by_scale.asking is Asking.NOT_COMPARABLE
    assert untouched is not None
    assert untouched.asking is Asking.SAME


def test_what_a_round_did_not_ask_is_not_there() -> None:
    earlier = asked("r1", instrument(), not_asked=("area",))
    assert found_in("area", now=asked("r2", instrument()), earlier=earlier) is None
    question = columns(earlier, asked("r2", instrument()))["area"].question
    assert set(question.asked) == {"r2"}


def test_a_scale_is_followed_by_its_favourable_answers_among_those_with_a_view() -> None:
    question = columns(asked("r1", instrument()))["area"].question
    assert question.measure is Measure.FAVOURABLE
    assert [point.value for point in question.points] == [1, 2, 3]
    assert question.favourable == (3,)
    assert question.standing is Standing.HEADLINE


@pytest.mark.parametrize(
    ("answer", "value"),
    [(Answered(3), 3), (Answered(4), None), (Missing(MissingKind.REFUSED), None)],
)
def test_who_has_no_view_is_outside_the_base(answer: object, value: int | None) -> None:
    column = columns(asked("r1", instrument()))["area"]
    assert column.value("r1", instrument(), {"area": answer}) == value  # type: ignore[dict-item]


def test_each_of_several_choices_is_a_share_of_its_own() -> None:
    column = columns(asked("r1", instrument()))["priorities=parks"]
    answers = {"priorities": Answered(("parks", "roads"))}
    assert column.value("r1", instrument(), answers) == "yes"
    assert column.value("r1", instrument(), {"priorities": Answered(("roads",))}) == "no"
    assert column.question.favourable == ("yes",)


def test_open_answers_are_no_figures() -> None:
    assert set(columns(asked("r1", instrument()))) == {
        "area",
        "victim",
        "priorities=parks",
        "priorities=roads",
    }


def test_the_round_declares_its_headline_questions() -> None:
    found = {
        column.question.key: column.question.standing
        for column in survey_columns([asked("r1", instrument())], headline=("victim",))
    }
    assert found["victim"] is Standing.HEADLINE
    assert found["area"] is Standing.OTHER
