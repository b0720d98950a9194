"""One write that succeeds for every endpoint that may write in a partnership, and the events it leaves: made
by sending back the form of the page. An endpoint that is missing here fails `test_every_write_is_listed`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import url_for
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lsp_assess.actions.questionnaires import shipped
from lsp_assess.partnerships.roles import Role
from lsp_assess.shipped import shipped_folder
from tests.browser.places import PLACES
from tests.browser.site import Site
from tests.desk import day
from tests.integration.matrix.forms_on_pages import FormOnPage, forms_on

Sent = dict[str, Any]
Browser = Callable[[UUID], FlaskClient]
INDICATORS = Path(__file__).parents[3] / "docs" / "examples" / "indicators"
NO2 = (
    "station_code,station_name,period,indicator,measure,unit,value\n"
    "TRF2,Station 2,2018-12-31,Nitrogen Dioxide (NO2),Annual mean concentration,µg/m3,17.5\n"
)
SAMPLE = "reference,address,area,probability\n9001,1 High Street,W01,0.1\n"
SURVEY = """
name: small
version: "1.0"
kind: household
languages: {en: reviewed}
title: {en: Small}
sections:
  - name: only
    title: {en: Only}
    items:
      - {name: age, type: number, text: {en: Age?}, range: {from: 0, to: 120}}
"""
SURVEY_MAPPING = """
mapping: responses
title: Small
source: {title: Small file, licence: Own}
questionnaire: {name: small, version: "1.0"}
rounds:
  column: wave
  values:
    "1": {name: First, starts_on: "2014-01-01", ends_on: "2014-02-01"}
respondents: {column: id, across_rounds: not_linked}
area: {column: ward, codes: {"1": W01}, missing: {"": not asked for}}
areas: [{code: W01, name: Ward W01, type: ward}]
missing: {"": unanswered}
questions:
  - {item: age, asked: [{rounds: ["1"], column: age}]}
"""


@dataclass(frozen=True, slots=True)
class Write:
    """`page` is the endpoint of the page with the form, where it is another; `values` those of its address,
    where they are not those of the table of places; `before` the writes that make it possible."""

    role: Role
    events: tuple[str, ...]
    answers: Callable[[Site], Sent] = lambda _site: {}
    page: str | None = None
    values: Callable[[Site], Mapping[str, Any]] | None = None
    before: tuple[str, ...] = ()


def endpoint_of(name: str) -> str:
    """A write may come in several kinds: «endpoint:which»."""
    return name.partition(":")[0]


def form_of(site: Site, browser_of: Browser, name: str) -> tuple[FlaskClient, FormOnPage]:
    """Who writes, and the form filled in, after what comes before it."""
    one, endpoint = WRITES[name], endpoint_of(name)
    for earlier in one.before:
        answer = write(site, browser_of, earlier)
        assert answer.status_code == 302, (name, earlier, answer.text[-3000:])
    client = browser_of(site.full.accounts[one.role])
    path = _page(site, name)
    page = client.get(path)
    assert page.status_code == 200, (endpoint, path, page.status_code)
    forms = [form for form in forms_on(page.text, path) if _leads_to(site, form) == endpoint]
    form = forms[0]
    form.names.update(*(other.names for other in forms))
    for name, offered in form.offered.items():
        if name not in form.fields and len(offered) > 1 and offered != ["1"]:
            form.fields[name] = offered[:1]
    return client, form


def sent(site: Site, name: str, form: FormOnPage) -> Sent:
    return {**form.fields, **WRITES[name].answers(site)}


def write(site: Site, browser_of: Browser, name: str, **more: Any) -> TestResponse:
    client, form = form_of(site, browser_of, name)
    return client.post(form.action, data={**sent(site, name, form), **more})


def _page(site: Site, name: str) -> str:
    one = WRITES[name]
    page = one.page or endpoint_of(name)
    place = one.values or PLACES.get(page)
    values = dict(place(site)) if place else {}
    with site.app.test_request_context():
        if site.app.url_map.is_endpoint_expecting(page, "partnership"):
            values["partnership"] = site.full.slug
        return url_for(page, **values)


def _leads_to(site: Site, form: FormOnPage) -> str | None:
    if form.method != "POST":
        return None
    return str(site.app.url_map.bind("localhost").match(form.action, method="POST")[0])


def _file(content: str | bytes, name: str) -> tuple[BytesIO, str]:
    return BytesIO(content.encode() if isinstance(content, str) else content), name


def _indicators(_site: Site) -> Sent:
    mapping = (INDICATORS / "no2_concentration.yaml").read_bytes()
    return {"file": _file(NO2, "no2.csv"), "mapping": _file(mapping, "no2.yaml")}


def _responses(_site: Site) -> Sent:
    return {
        "file": _file("wave,id,ward,age\n1,r1,1,40\n", "small.csv"),
        "mapping": _file(SURVEY_MAPPING, "small_mapping.yaml"),
        "questionnaire": _file(SURVEY, "small.yaml"),
    }


def _questionnaire(_site: Site) -> Sent:
    source = (shipped_folder("questionnaires") / "progress_wheel.yaml").read_text(encoding="utf-8")
    changed = source.replace("name: progress_wheel", "name: other_wheel", 1)
    return {"written": changed}


def _round_without_it(site: Site) -> Mapping[str, Any]:
    return {"round_id": site.filled.rounds[0]}


def _wheel_hash(_site: Site) -> Sent:
    hash_ = next(hash_ for hash_, (one, _) in shipped().items() if one.name == "progress_wheel")
    return {"instrument": hash_, **day("closes_on", 30, 6, 2026)}


def _perceptions(site: Site) -> Mapping[str, Any]:
    return {"collection_id": site.filled.collections["value_added_perceptions"], "number": 1}


def _survey(site: Site) -> Mapping[str, Any]:
    return {"collection_id": site.filled.collections["resident_survey"]}


def _interview(section: str) -> Callable[[Site], Mapping[str, Any]]:
    return lambda site: {"member_id": site.filled.sample_members[0], "section": section}


def _household(site: Site) -> Mapping[str, Any]:
    return {"member_id": site.filled.sample_members[0]}


def _wheel(section: str) -> Callable[[Site], Mapping[str, Any]]:
    collection = "progress_wheel"
    return lambda site: {
        "collection_id": site.filled.collections[collection],
        "number": 1,
        "section": section,
    }


def _to_the_wheel(site: Site) -> Mapping[str, Any]:
    return {key: value for key, value in _wheel("")(site).items() if key != "section"}


def _stories(site: Site) -> Mapping[str, Any]:
    return {"collection_id": site.filled.collections["value_added_story"], "event": "close"}


def _partner(site: Site) -> Sent:
    return {**NAMED, **DAY, "role": "partner", "organisation": str(site.full.organisations[0])}


def _facilitator(site: Site) -> Mapping[str, Any]:
    return {"membership_id": site.filled.memberships[Role.FACILITATOR]}


def _not_scored_again(site: Site) -> Mapping[str, Any]:
    return {"collection_id": site.filled.collections["meeting"], "part": "skills"}


def _taken_back(site: Site) -> Sent:
    return {"researcher": "", "household": [str(site.filled.sample_members[0])]}


def _selected(site: Site) -> Sent:
    return {
        "researcher": str(site.filled.memberships[Role.RESEARCHER]),
        "household": [str(site.filled.sample_members[1])],
    }


def _votes(site: Site) -> Sent:
    first = site.filled.on_ballot[0]
    return {f"impact-{first}": "4", f"feasibility-{first}": "2"}


SECTIONS = ("safety", "cohesion", "voice", "agencies", "life", "about_you", "consents")
NAMED = {"name": "Wilhelmina Wren", "email": "wren@example.org"}
DAY = {**day("since", 1, 6, 2026), **day("first_day", 20, 6, 2026)}

WRITES: Mapping[str, Write] = {
    "administration.make": Write(
        Role.ADMINISTRATOR,
        ("partnership_made", "account_made", "coordinator_appointed"),
        lambda _: {**NAMED, "title": "Eastbridge Partnership", "slug": "eastbridge"},
    ),
    "administration.appoint": Write(
        Role.ADMINISTRATOR, ("account_made", "coordinator_appointed"), lambda _: NAMED
    ),
    "answering.save": Write(Role.PARTNER, ("answers_saved",), page="answering.section"),
    "answering.send": Write(
        Role.PARTNER, ("response_submitted",), page="answering.check", before=("answering.save",)
    ),
    "answering.open_again": Write(
        Role.PARTNER, ("response_reopened",), page="answering.tasks", values=_perceptions
    ),
    "answering_kept.take": Write(
        Role.PARTNER, ("kept_answers_taken",), page="answering.tasks", values=_to_the_wheel
    ),
    "answering_kept.drop": Write(
        Role.PARTNER, ("kept_answers_dropped",), page="answering.tasks", values=_to_the_wheel
    ),
    "handing_on.choose": Write(Role.PARTNER, ("handed_on", "participant_invited")),
    "coordination.add_area": Write(
        Role.COORDINATOR, ("area_added",), lambda _: {"code": "W09", "name": "Ward 9"}
    ),
    "coordination.add_collection": Write(
        Role.COORDINATOR, ("collection_added",), _wheel_hash, values=_round_without_it
    ),
    "coordination.add_indicators": Write(Role.COORDINATOR, ("file_held",), _indicators),
    "coordination.add_member": Write(Role.COORDINATOR, ("account_made", "member_added"), _partner),
    "coordination.add_organisation": Write(
        Role.COORDINATOR, ("organisation_added",), lambda _: {"name": "Fire Service"}
    ),
    "coordination.add_questionnaire": Write(Role.COORDINATOR, ("questionnaire_issued",), _questionnaire),
    "coordination.add_responses": Write(
        Role.COORDINATOR, ("file_held",), _responses, before=("coordination.add_agreement",)
    ),
    "coordination.add_agreement": Write(
        Role.COORDINATOR,
        ("agreement_added",),
        lambda _: {
            "allows": "taking_in",
            "source": "Small file",
            "purpose": "P",
            "signed_by": "S",
            "reference": "R",
        },
    ),
    "coordination.end_agreement": Write(Role.COORDINATOR, ("agreement_ended",)),
    "coordination.change_keeping": Write(
        Role.COORDINATOR, ("retention_changed",), lambda _: {"contact": "90"}
    ),
    "coordination.withdraw_person": Write(Role.COORDINATOR, ("answers_withdrawn",)),
    "coordination.erase_person": Write(Role.COORDINATOR, ("person_erased",), lambda _: {"sure": "sure"}),
    "coordination.withdraw_household": Write(
        Role.COORDINATOR, ("answers_withdrawn",), lambda _: {"sure": "sure"}
    ),
    "coordination.erase_household": Write(
        Role.COORDINATOR, ("household_erased",), lambda _: {"sure": "sure"}
    ),
    "coordination.add_round": Write(
        Role.COORDINATOR,
        ("round_added",),
        lambda _: {**day("starts_on", 1, 1, 2027), **day("ends_on", 31, 12, 2027)},
    ),
    "coordination.add_sample": Write(
        Role.COORDINATOR, ("file_held",), lambda _: {"file": _file(SAMPLE, "sample.csv")}
    ),
    "coordination.assign_evenly": Write(
        Role.COORDINATOR,
        ("households_assigned",),
        page="coordination.sample",
        before=("coordination.sample_area:back",),
    ),
    "coordination.sample_area:back": Write(Role.COORDINATOR, ("households_assigned",), _taken_back),
    "coordination.change_area": Write(Role.COORDINATOR, ("area_changed",), lambda _: {"name": "Ward One"}),
    "coordination.change_indicator": Write(
        Role.COORDINATOR, ("indicator_planned",), lambda _: {"tolerance": "5"}
    ),
    "coordination.change_person": Write(
        Role.COORDINATOR, ("person_changed",), lambda _: {"name": "Partner Renamed"}
    ),
    "coordination.change_round": Write(
        Role.COORDINATOR, ("round_changed",), lambda _: {"name": "Year Three"}
    ),
    "coordination.change_settings": Write(
        Role.COORDINATOR, ("settings_changed",), lambda _: {"small_group": "6"}
    ),
    "coordination.confirm_file": Write(
        Role.COORDINATOR, ("indicators_imported",), page="coordination.preview_file"
    ),
    "coordination.population": Write(
        Role.COORDINATOR,
        ("population_stated",),
        lambda _: {"source": "Census", "people": "sex, female, 20\nsex, male, 20"},
    ),
    "coordination.deadline": Write(
        Role.COORDINATOR, ("deadline_set",), lambda _: day("closes_on", 20, 7, 2026)
    ),
    "coordination.drop_file": Write(Role.COORDINATOR, ("file_dropped",), page="coordination.preview_file"),
    "coordination.end_membership": Write(Role.COORDINATOR, ("membership_ended",)),
    "coordination.end_organisation": Write(Role.COORDINATOR, ("organisation_ended",)),
    "coordination.hand_over": Write(
        Role.COORDINATOR,
        ("membership_ended", "seat_handed_over", "account_made", "member_added"),
        lambda _: {**NAMED, **DAY, "same_respondent": "same"},
    ),
    "coordination.invite": Write(
        Role.COORDINATOR,
        ("participant_invited",),
        page="coordination.collection",
    ),
    "coordination.key_form": Write(
        Role.COORDINATOR,
        ("form_keyed_for_colleague", "response_submitted", "participant_invited"),
        lambda _: {"agreed": "yes"},
    ),
    "coordination.parts": Write(Role.COORDINATOR, ("parts_assigned",), lambda _: {"parts": ["wheel"]}),
    "coordination.reminder_rule": Write(
        Role.COORDINATOR, ("reminder_rule_set",), lambda _: {"remind_most": "2"}
    ),
    "coordination.move": Write(Role.COORDINATOR, ("collection_moved",)),
    "coordination.organisation": Write(
        Role.COORDINATOR, ("organisation_changed",), lambda _: {"name": "Police Service"}
    ),
    "coordination.publish": Write(
        Role.COORDINATOR, ("publication_requested",), lambda _: {"reason": "One form was keyed twice"}
    ),
    "coordination.remind": Write(Role.COORDINATOR, ("participant_invited",), page="coordination.collection"),
    "coordination.researcher_areas": Write(
        Role.COORDINATOR,
        ("researcher_areas_set",),
        lambda site: {"areas": [str(area) for area in site.full.areas]},
    ),
    "coordination.sample_area": Write(Role.COORDINATOR, ("households_assigned",), _selected),
    "coordination.set_seat": Write(
        Role.COORDINATOR, ("seat_given",), lambda _: {"seat": "Chair"}, values=_facilitator
    ),
    "keying.enter": Write(
        Role.RESEARCHER,
        ("response_submitted", "visit_recorded"),
        lambda _: {"serial": "1001", "batch": "A"},
        page="keying.form",
    ),
    "evidence.add": Write(
        Role.PARTNER,
        ("evidence_added",),
        lambda _: {"title": "Minutes", "words": "Agreed.", **day("effective_on", 1, 5, 2026)},
    ),
    "evidence.change": Write(Role.FACILITATOR, ("evidence_changed",), lambda _: {"title": "Charter"}),
    "evidence.withdraw": Write(Role.FACILITATOR, ("evidence_withdrawn",), lambda _: {"reason": "Mistaken."}),
    "findings.add": Write(
        Role.FACILITATOR, ("finding_added",), lambda _: {"kind": "strength", "words": "We meet."}
    ),
    "findings.change": Write(Role.FACILITATOR, ("finding_changed",), lambda _: {"words": "We meet often."}),
    "findings.merge": Write(
        Role.FACILITATOR,
        ("findings_merged",),
        lambda site: {
            "kind": "improvement",
            "words": "Nobody knows.",
            "merged": [str(one) for one in site.filled.gathered[1:]],
        },
    ),
    "findings.remove": Write(Role.FACILITATOR, ("finding_removed",)),
    "ranking.begin": Write(Role.FACILITATOR, ("ranking_opened",)),
    "ranking.vote": Write(Role.PARTNER, ("findings_ranked",), _votes),
    "ranking.end": Write(Role.FACILITATOR, ("ranking_closed",)),
    "loop.add_of": Write(Role.COORDINATOR, ("action_added",), lambda _: {"decision": "D", "title": "T"}),
    "loop.reminders": Write(Role.COORDINATOR, ("action_reminders_set",), lambda _: {"action_reminders": "3"}),
    "owner_updates.tell": Write(Role.PARTNER, ("action_told_of",), lambda _: {"note": "It goes well."}),
    "milestones.add": Write(
        Role.COORDINATOR, ("milestone_added",), lambda _: {"words": "W", **day("due_on", 1, 7, 2026)}
    ),
    "milestones.change": Write(Role.COORDINATOR, ("milestone_changed",), lambda _: {"state": "done"}),
    "loop.add": Write(
        Role.COORDINATOR, ("action_added",), lambda _: {"finding": "F", "decision": "D", "title": "T"}
    ),
    "loop.change": Write(
        Role.COORDINATOR, ("action_changed",), lambda _: {"what_changed": "Bins are emptied."}
    ),
    "challenge.ask_part": Write(
        Role.PARTNER,
        ("challenge_asked",),
        lambda site: {"words": "Q", "lead": str(site.full.people[Role.PARTNER])},
    ),
    "challenge.ask_action": Write(Role.SCRUTINY, ("challenge_asked",), lambda _: {"words": "Q"}),
    "challenge.ask_indicator": Write(Role.COORDINATOR, ("challenge_asked",), lambda _: {"words": "Q"}),
    "challenge.question": Write(Role.PARTNER, ("challenge_answered",), lambda _: {"words": "A"}),
    "challenge.reword": Write(Role.COORDINATOR, ("challenge_reworded",), lambda _: {"words": "Reworded"}),
    "meeting.part": Write(
        Role.FACILITATOR, ("score_agreed",), lambda _: {"score": "50", "rationale": "Seen in the minutes."}
    ),
    "meeting.take_back": Write(Role.FACILITATOR, ("agreed_score_taken_back",), page="meeting.part"),
    "rescoring.open_": Write(
        Role.FACILITATOR, ("rescoring_opened",), page="meeting.part", values=_not_scored_again
    ),
    "rescoring.take_back": Write(Role.FACILITATOR, ("rescoring_taken_back",), page="meeting.part"),
    "rescoring.reveal": Write(Role.FACILITATOR, ("rescoring_revealed",), page="meeting.part"),
    "again.part": Write(Role.PARTNER, ("scored_again",), lambda _: {"score": "80"}),
    "meeting.words": Write(Role.FACILITATOR, ("remarks_cleared",)),
    "meeting.move": Write(Role.FACILITATOR, ("collection_moved",)),
    "reports.ask": Write(Role.EVALUATOR, ("report_requested",), page="results.listing"),
    "residents.begin": Write(
        Role.RESEARCHER, ("interview_begun",), lambda _: {"adults": "1"}, page="residents.household"
    ),
    "residents.visit": Write(
        Role.RESEARCHER, ("visit_recorded",), lambda _: {"outcome": "no_contact"}, page="residents.household"
    ),
    "residents.save": Write(
        Role.RESEARCHER,
        ("answers_saved",),
        page="residents.interview",
        values=_interview("area"),
        before=("residents.begin",),
    ),
    **{
        f"residents.save:{section}": Write(
            Role.RESEARCHER, ("answers_saved",), page="residents.interview", values=_interview(section)
        )
        for section in SECTIONS
    },
    "residents.finish": Write(
        Role.RESEARCHER,
        ("response_submitted", "visit_recorded"),
        page="residents.check",
        values=_household,
        before=("residents.save", *(f"residents.save:{section}" for section in SECTIONS)),
    ),
    "coordination.move:stories": Write(Role.COORDINATOR, ("collection_moved",), values=_stories),
    "stories.decide": Write(
        Role.COORDINATOR,
        ("story_decided",),
        lambda _: {"choice": "selected", "reason": "Well shown."},
        before=("coordination.move:stories",),
    ),
    "stories.grade": Write(Role.PARTNER, ("story_graded",), page="stories.story"),
    "stories.withdraw": Write(Role.FACILITATOR, ("consent_withdrawn",)),
}
