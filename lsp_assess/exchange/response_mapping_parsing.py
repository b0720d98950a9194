"""From a mapping's checked YAML to frozen types, with what a schema cannot see."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from lsp_assess.exchange.mapping import MappingHead
from lsp_assess.exchange.response_mapping import (
    AcrossRounds,
    AreaColumn,
    Asking,
    BetweenPoints,
    MappedArea,
    MappedQuestion,
    MappedRound,
    ResponseMapping,
    Unusable,
)
from lsp_assess.instruments.instrument import Comparability
from lsp_assess.instruments.scales import MissingKind
from lsp_assess.kernel.errors import Invalid, Place, Problem, problem
from lsp_assess.partnerships.areas import AreaType


def response_mapping(data: Mapping[str, Any], head: MappingHead, place: Place) -> ResponseMapping:
    """`data` has the shape of the schema. Raises Invalid for a day that is not in the calendar."""
    rounds = data["rounds"]
    return ResponseMapping(
        head=head,
        questionnaire=data["questionnaire"]["name"],
        version=data["questionnaire"]["version"],
        language=data.get("language", "en"),
        round_column=rounds["column"],
        rounds={str(code): _round(str(code), entry, place) for code, entry in rounds["values"].items()},
        respondent_column=data["respondents"]["column"],
        across_rounds=AcrossRounds(data["respondents"]["across_rounds"]),
        area=_area_column(data["area"]) if "area" in data else None,
        areas=tuple(_area(entry) for entry in data.get("areas", ())),
        missing={str(code): MissingKind(kind) for code, kind in data["missing"].items()},
        unusable=_unusable(data.get("unusable", ())),
        between_points=BetweenPoints(data.get("between_points", BetweenPoints.REFUSE)),
        questions=tuple(_question(entry) for entry in data["questions"]),
    )


def _round(code: str, entry: Mapping[str, str], place: Place) -> MappedRound:
    starts_on, ends_on = _day(entry["starts_on"], place), _day(entry["ends_on"], place)
    if ends_on < starts_on:
        raise Invalid(problem("mapping_round_reversed", place, round=code))
    return MappedRound(code, entry["name"], starts_on, ends_on, entry.get("note"))


def _day(text: str, place: Place) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Invalid(problem("mapping_no_such_day", place, value=text)) from error


def _area_column(entry: Mapping[str, Any]) -> AreaColumn:
    return AreaColumn(entry["column"], _texts(entry["codes"]), _texts(entry.get("missing", {})))


def _area(entry: Mapping[str, str]) -> MappedArea:
    return MappedArea(entry["code"], entry["name"], AreaType(entry["type"]), entry.get("group"))


def _texts(entries: Mapping[Any, Any]) -> dict[str, str]:
    return {str(key): str(value) for key, value in entries.items()}


def _unusable(entries: Sequence[Mapping[str, Any]]) -> tuple[Unusable, ...]:
    return tuple(
        Unusable(
            frozenset(str(value) for value in entry["values"]), MissingKind(entry["as"]), entry["because"]
        )
        for entry in entries
    )


def _question(entry: Mapping[str, Any]) -> MappedQuestion:
    askings = tuple(_asking(asked) for asked in entry["asked"])
    return MappedQuestion(
        entry["item"], askings, _texts(entry.get("codes", {})), entry.get("separator"), entry.get("note")
    )


def _asking(entry: Mapping[str, Any]) -> Asking:
    return Asking(
        rounds=tuple(str(code) for code in entry["rounds"]),
        column=entry["column"],
        kind=Comparability(entry.get("kind", Comparability.SAME)),
        wording=entry.get("wording"),
        note=entry.get("note"),
        codes=_texts(entry.get("codes", {})),
        unusable=_unusable(entry.get("unusable", ())),
    )


def response_mapping_problems(mapping: ResponseMapping, place: Place) -> Iterator[Problem]:
    for item, times in Counter(question.item for question in mapping.questions).items():
        if times > 1:
            yield problem("mapping_item_twice", place, item=item)
    for question in mapping.questions:
        yield from _question_problems(question, mapping, place)
    yield from _area_problems(mapping, place)
    names = Counter(one.name for one in mapping.rounds.values())
    for name, times in names.items():
        if times > 1:
            yield problem("mapping_round_twice", place, round=name)


def _question_problems(question: MappedQuestion, mapping: ResponseMapping, place: Place) -> Iterator[Problem]:
    rounds = Counter(code for asking in question.askings for code in asking.rounds)
    for code, times in rounds.items():
        if code not in mapping.rounds:
            yield problem("mapping_unknown_round", place, item=question.item, round=code)
        elif times > 1:
            yield problem("mapping_item_round_twice", place, item=question.item, round=code)
    for asking in question.askings:
        if asking.kind is not Comparability.SAME and not (asking.wording or asking.note):
            yield problem("mapping_change_unexplained", place, item=question.item, column=asking.column)


def _area_problems(mapping: ResponseMapping, place: Place) -> Iterator[Problem]:
    known = {area.code for area in mapping.areas}
    named = {area.group for area in mapping.areas if area.group} | set(
        mapping.area.codes.values() if mapping.area else ()
    )
    for code in sorted(named - known):
        yield problem("mapping_unknown_area", place, area=code)
    if len(known) < len(mapping.areas):
        yield problem("mapping_area_twice", place)
