"""What to open pages for whose address needs more than the partnership. A page that is missing here fails
the walk of all pages; None stands for a page that is looked at elsewhere, and says where."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from lsp_assess.actions.questionnaires import shipped
from lsp_assess.partnerships.roles import Role
from tests.browser.filled import TOKEN
from tests.browser.rescored import AGAIN
from tests.browser.site import Site

Values = Mapping[str, Any]
TABLE = "level_one.criteria"


def _administered(site: Site) -> Values:
    return {"partnership_id": site.full.partnership_id}


def _collection(name: str, **more: Any) -> Callable[[Site], Values]:
    return lambda site: {"collection_id": site.filled.collections[name], **more}


def _member(role: Role) -> Callable[[Site], Values]:
    return lambda site: {"membership_id": site.filled.memberships[role]}


def _household(**more: Any) -> Callable[[Site], Values]:
    return lambda site: {"member_id": site.filled.sample_members[0], **more}


def _round(site: Site) -> Values:
    return {"round_id": site.filled.rounds[-1]}


def _organisation(site: Site) -> Values:
    return {"organisation_id": site.full.organisations[1]}


def _invitation(site: Site) -> Values:
    return {"of": site.full.partnership_id, "token": f"{TOKEN}-{site.filled.collections['progress_wheel']}"}


def _questionnaire(**more: Any) -> Callable[[Site], Values]:
    wheel = next(hash_ for hash_, (one, _) in shipped().items() if one.name == "progress_wheel")
    return lambda _site: {"hash_": wheel, **more}


def _sampled_area(site: Site) -> Values:
    return {"collection_id": site.filled.collections["resident_survey"], "area_id": site.full.areas[0]}


def _release(**more: Any) -> Callable[[Site], Values]:
    """The second round's, corrected once."""
    return lambda site: {"number": "2.2", **more}


def _indicator(site: Site) -> Values:
    return {"indicator_id": site.filled.indicator}


def _story(**more: Any) -> Callable[[Site], Values]:
    """The facilitator's."""
    return lambda site: {"story_id": site.filled.story, **more}


def _released_story(site: Site) -> Values:
    """In the first round's release."""
    return {"number": "1", "story_id": site.filled.released_story}


def _report(site: Site) -> Values:
    return {"job_id": site.filled.report}


PLACES: Mapping[str, Callable[[Site], Values] | None] = MappingProxyType(
    {
        "static": None,  # with every page
        "accounts.qr_code": None,  # tests/browser/test_sign_in.py: only while an app is being set up
        "administration.partnership": _administered,
        "administration.appoint": _administered,
        "invitations.show": _invitation,
        "security.reset_password": None,  # tests/browser/test_sign_in.py: needs a token from a mail
        "answering.tasks": _collection("progress_wheel", number=1),
        "answering.section": _collection("progress_wheel", number=1, section="wheel"),
        "answering.check": _collection("progress_wheel", number=1),
        "answering.receipt": _collection("value_added_perceptions", number=1),
        "answering_results.mine": _collection("lsp_driver", number=1),
        "residents.household": _household(),
        "residents.interview": None,  # begun first: the researcher's walk
        "residents.check": None,  # likewise
        "keying.form": _collection("resident_survey"),
        "coordination.organisation": _organisation,
        "coordination.end_organisation": _organisation,
        "coordination.member": _member(Role.PARTNER),
        "coordination.change_person": _member(Role.PARTNER),
        "coordination.end_membership": _member(Role.PARTNER),
        "coordination.hand_over": _member(Role.PARTNER),
        "coordination.researcher_areas": _member(Role.RESEARCHER),
        **dict.fromkeys(
            ("coordination.person_data", "coordination.withdraw_person", "coordination.erase_person"),
            _member(Role.PARTNER),
        ),
        **dict.fromkeys(
            (
                "coordination.household_data",
                "coordination.household_file",
                "coordination.withdraw_household",
                "coordination.erase_household",
            ),
            lambda site: {"household_id": site.filled.household},
        ),
        "coordination.end_agreement": lambda site: {"agreement_id": site.filled.agreement},
        "coordination.change_area": lambda site: {"area_id": site.full.areas[0]},
        "coordination.round": _round,
        "coordination.change_round": _round,
        "coordination.add_collection": _round,
        "coordination.collection": _collection("progress_wheel"),
        "coordination.move": _collection("progress_wheel", event="close"),
        "coordination.paper": _collection("progress_wheel", tongue="en"),
        "coordination.key_form": lambda site: {
            "collection_id": site.filled.collections["progress_wheel"],
            "participant_id": site.filled.participant,
        },
        "handing_on.choose": _collection("progress_wheel"),
        "coordination.parts": lambda site: {
            "collection_id": site.filled.collections["progress_wheel"],
            "participant_id": site.filled.participant,
        },
        "coordination.reminder_rule": _round,
        "coordination.deadline": _collection("progress_wheel"),
        "coordination.publish": lambda site: {"round_id": site.filled.rounds[0]},
        "coordination.publication": lambda site: {"round_id": site.filled.rounds[0]},
        "coordination.publishing": lambda site: {"round_id": site.filled.rounds[0]},
        "coordination.sample": _collection("resident_survey"),
        "coordination.population": _collection("resident_survey"),
        "coordination.add_sample": _collection("resident_survey"),
        "coordination.sample_area": _sampled_area,
        "coordination.questionnaire": _questionnaire(),
        "coordination.questionnaire_file": _questionnaire(),
        "coordination.questionnaire_section": _questionnaire(section="wheel"),
        "coordination.file_taken": lambda site: {"run_id": site.filled.import_run},
        "coordination.preview_file": lambda site: {"held_id": site.filled.held_file},
        "coordination.set_seat": _member(Role.PARTNER),
        "coordination.change_indicator": _indicator,
        "meeting.agenda": _collection("meeting"),
        "meeting.part": _collection("meeting", part="shared_vision"),
        **dict.fromkeys(("rescoring.counted", "again.part"), _collection("meeting", part=AGAIN)),
        "spread.parts": _collection("meeting"),
        "meeting.minutes": _collection("meeting"),
        "meeting.words": _collection("meeting", criterion="leadership"),
        "meeting.move": _collection("meeting", event="finalise"),
        **dict.fromkeys(
            ("evidence.item", "evidence.file", "evidence.change", "evidence.withdraw"),
            lambda site: {"evidence_id": site.filled.evidence},
        ),
        "findings.listing": lambda site: {"collection_id": site.filled.ranked},
        **dict.fromkeys(("findings.add", "findings.merge", "ranking.begin"), _collection("meeting")),
        **dict.fromkeys(
            ("findings.change", "findings.remove"), lambda site: {"finding_id": site.filled.gathered[0]}
        ),
        **dict.fromkeys(("ranking.vote", "ranking.end"), lambda site: {"collection_id": site.filled.ranking}),
        "loop.add": _round,
        "loop.add_of": lambda site: {"finding_id": site.filled.ranked_findings[0]},
        **dict.fromkeys(
            ("milestones.listing", "milestones.add", "owner_updates.tell"),
            lambda site: {"action_id": site.filled.action},
        ),
        "milestones.change": lambda site: {"milestone_id": site.filled.milestone},
        "loop.change": lambda site: {"action_id": site.filled.action},
        "challenge.meeting": _collection("meeting"),
        "challenge.ask_part": _collection("meeting", part="shared_vision"),
        "challenge.ask_action": lambda site: {"action_id": site.filled.action},
        "challenge.ask_indicator": _indicator,
        "challenge.question": lambda site: {"challenge_id": site.filled.questions[0]},
        "challenge.reword": lambda site: {"challenge_id": site.filled.questions[1]},
        "outcomes.indicator": _indicator,
        "outcomes.csv": _indicator,
        "outcomes.drawing": _indicator,
        "stories.story": _story(),
        "stories.decide": _story(),
        "stories.withdraw": _story(to="quotation"),
        "results.release": _release(),
        "results.table": _release(table_id=TABLE),
        "results.points": _release(),
        "results.story": _released_story,
        "result_files.csv": _release(table_id=TABLE),
        "result_files.drawing": _release(table_id=TABLE),
        "result_files.workbook": _release(),
        "research.file": lambda site: {"agreement_id": site.filled.research_agreement},
        "reports.job": _report,
        "reports.progress": _report,
        "reports.file": _report,
    }
)

# For fewer than the policy alone would let in.
OWNERS: Mapping[str, frozenset[Role]] = MappingProxyType(
    {
        **dict.fromkeys(("reports.job", "reports.progress", "reports.file"), frozenset({Role.EVALUATOR})),
        "stories.withdraw": frozenset({Role.FACILITATOR, Role.COORDINATOR}),
        **dict.fromkeys(
            ("evidence.change", "evidence.withdraw"), frozenset({Role.FACILITATOR, Role.COORDINATOR})
        ),
        **dict.fromkeys(  # scrutiny knows of a meeting once its round is published
            ("challenge.meeting", "challenge.ask_part", "challenge.question"),
            frozenset(Role) - {Role.SCRUTINY},
        ),
    }
)

# Answer with something else than a page.
FILES = frozenset(
    {
        "public.health",
        "partnerships.style",
        "own_data.file",
        "coordination.household_file",
        "coordination.paper",
        "coordination.publishing",
        "coordination.questionnaire_file",
        "evidence.file",
        "meeting.minutes",
        "rescoring.counted",
        "outcomes.csv",
        "outcomes.drawing",
        "result_files.csv",
        "result_files.drawing",
        "result_files.workbook",
        "reports.progress",
        "reports.file",
        "research.file",
    }
)
