"""The answers of one round's interviews, question by question, as residents gave them.

Assumed: besides the shares of *don't know* of each question, four in a thousand refuse a question and six in
a thousand are passed over; questions about oneself are refused more often. Who breaks off does so after the
section on having a say; all that follows is unanswered.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from lsp_assess.demonstration.chance import stream
from lsp_assess.demonstration.circumstances import (
    FACTS,
    HABITS,
    OTHER_PRIORITIES,
    about,
    any_of,
    choices,
    civic_activity,
    priorities,
)
from lsp_assess.demonstration.opinions import OPINIONS, Fieldwork, Opinion, places_on_scale
from lsp_assess.demonstration.panel import Issued
from lsp_assess.demonstration.places import WARDS
from lsp_assess.demonstration.remarks import data
from lsp_assess.demonstration.residents import ResidentPlan
from lsp_assess.instruments import Instrument
from lsp_assess.instruments.answers import UNANSWERED, Answer, Answered, Missing
from lsp_assess.instruments.items import ConsentItem, Purpose, Question, ScaleItem
from lsp_assess.instruments.scales import MissingKind
from lsp_assess.residents.outcomes import Disposition

REFUSED_SHARE = 0.004
PASSED_OVER_SHARE = 0.006
REFUSES_ABOUT_ONESELF = 0.03
LAST_SECTION_OF_A_PARTIAL = "voice"
TALKS = {"likes": 0.7, "dislikes": 0.65, "what_changed": 0.9, "why_changed": 0.8}
AGREES_TO_QUOTATION = 0.75

Interview = dict[str, Answer]


def interviews(round_number: int, done: Sequence[Issued], instrument: Instrument) -> list[Interview]:
    """One for each of `done`, in their order."""
    residents = [one.resident for one in done if one.resident is not None]
    work = _columns(round_number, done, residents)
    columns = {
        **{name: _opinions(name, work, instrument) for name in OPINIONS},
        **{name: [Answered(value) for value in choices(name, work)] for name in (*FACTS, *HABITS)},
        "priorities": [Answered(value) for value in priorities(work)],
        "civic_activity": [Answered(value) for value in civic_activity(work)],
    }
    gaps = _gaps(instrument, work, list(columns))
    made = []
    for place, (one, resident) in enumerate(zip(done, residents, strict=True)):
        given: Interview = {name: column[place] for name, column in columns.items()}
        given |= _said_about_oneself(resident, round_number)
        given |= {name: gap for name, gap in gaps[place].items() if given[name] != UNANSWERED}
        given |= _words(given, resident, round_number)
        given |= _consents(one, resident)
        made.append(_broken_off(given, instrument) if one.outcome is Disposition.PARTIAL else given)
    return made


def _columns(round_number: int, done: Sequence[Issued], residents: Sequence[ResidentPlan]) -> Fieldwork:
    places = {ward.code: place for place, ward in enumerate(WARDS)}
    return Fieldwork(
        round_number,
        np.array([resident.index for resident in residents], dtype=np.int64),
        np.array([places[one.household.ward.code] for one in done], dtype=np.int64),
        np.array([one.household.cluster for one in done], dtype=np.int64),
    )


def _opinions(name: str, work: Fieldwork, instrument: Instrument) -> list[Answer]:
    opinion = OPINIONS[name]
    values = _points(instrument.question(name), opinion)
    chance = stream("opinion", name, work.round_number)
    drawn, outside = chance.random(work.size), chance.random(work.size)
    given: list[Answer] = []
    for place, unknown, no_opinion in zip(places_on_scale(name, opinion, work), drawn, outside, strict=True):
        if unknown < opinion.dont_know:
            given.append(Missing(MissingKind.DONT_KNOW))
        else:
            given.append(Answered(_without_opinion(opinion, no_opinion) or values[place]))
    return given


def _points(question: Question | None, opinion: Opinion) -> tuple[int, ...]:
    """Values of the scale from worst to best; where the negative ones are the higher, turned round."""
    assert isinstance(question, ScaleItem)  # noqa: S101  opinions are asked on scales
    values = tuple(sorted(value for value in question.scale.values if value not in opinion.outside))
    return values[::-1] if max(question.scale.negative) > max(question.scale.positive) else values


def _without_opinion(opinion: Opinion, drawn: float) -> int | None:
    for value, share in opinion.outside.items():
        if drawn < share:
            return value
        drawn -= share
    return None


def _gaps(instrument: Instrument, work: Fieldwork, names: Sequence[str]) -> list[dict[str, Missing]]:
    """Refused, or passed over: the questions without an answer in each interview."""
    questions = {name: instrument.question(name) for name in names}
    chance = stream("gaps", work.round_number).random((work.size, len(names)))
    found: list[dict[str, Missing]] = []
    for row in chance:
        gaps = {}
        for name, drawn in zip(names, row, strict=True):
            question = questions[name]
            assert question is not None  # noqa: S101  the columns bear the questions' names
            refuses = REFUSES_ABOUT_ONESELF if question.purpose is Purpose.WEIGHTING else REFUSED_SHARE
            if drawn < refuses:
                gaps[name] = Missing(MissingKind.REFUSED)
            elif drawn < refuses + PASSED_OVER_SHARE and not question.required:
                gaps[name] = UNANSWERED
        found.append(gaps)
    return found


def _said_about_oneself(resident: ResidentPlan, round_number: int) -> Interview:
    said = about(resident, round_number)
    given: Interview = {
        "age_group": Answered(said.age_group),
        "sex": Answered(resident.sex),
        "work_or_training": Answered(said.work),
        "adults_in_household": Answered(resident.adults),
        "children_in_household": Answered(said.children),
    }
    refuses = stream("refuses", resident.index).random(len(given)) < REFUSES_ABOUT_ONESELF
    return {
        name: Missing(MissingKind.REFUSED) if refused else answer
        for (name, answer), refused in zip(given.items(), refuses, strict=True)
    }


def _words(given: Mapping[str, Answer], resident: ResidentPlan, round_number: int) -> Interview:
    chance = stream("talks", resident.index, round_number).random(len(TALKS))
    willing = {name for (name, share), drawn in zip(TALKS.items(), chance, strict=True) if drawn < share}
    words: Interview = {}
    for item, sentences in _sentences(given):
        if item in willing or item == "priorities_other":
            words[item] = Answered(any_of(sentences, item, resident.index, round_number))
    return words


def _sentences(given: Mapping[str, Answer]) -> Iterator[tuple[str, Sequence[str]]]:
    talk = data("talk")
    yield "likes", talk["likes"]
    yield "dislikes", talk["dislikes"]
    match given["life_changed"]:
        case Answered("better" | "both"):
            yield "what_changed", talk["better"]
            yield "why_changed", talk["why_better"]
        case Answered("worse"):
            yield "what_changed", talk["worse"]
            yield "why_changed", talk["why_worse"]
    match given["priorities"]:
        case Answered(tuple() as chosen) if "other" in chosen:
            yield "priorities_other", OTHER_PRIORITIES


def _consents(one: Issued, resident: ResidentPlan) -> Interview:
    """Who is not asked to return has refused to be visited again or to have rounds linked."""
    linking, quotation = stream("consents", resident.index).random(2)
    refuses_linking = not one.returning and linking < 0.4
    return {
        "consent_linking": Answered("no" if refuses_linking else "yes"),
        "consent_recontact": Answered("yes" if one.returning or refuses_linking else "no"),
        "consent_quotation": Answered("yes" if quotation < AGREES_TO_QUOTATION else "no"),
    }


def _broken_off(given: Interview, instrument: Instrument) -> Interview:
    kept: set[str] = set()
    for section in instrument.sections:
        for item in section.items:
            kept.add(item.name)
        if section.name == LAST_SECTION_OF_A_PARTIAL:
            break
    return {name: answer for name, answer in given.items() if name.split(".")[0] in kept}


def consents_given(given: Mapping[str, Answer], instrument: Instrument) -> Iterator[tuple[str, bool]]:
    """Kind of each consent that was asked for, and whether it was given."""
    for question in instrument.questions:
        answer = given.get(question.name)
        if isinstance(question, ConsentItem) and isinstance(answer, Answered):
            yield question.consent.value, answer.value == "yes"
