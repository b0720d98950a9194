"""Every address of the coordinator, by topic. What each does stands in its module."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint

from lsp_assess.web import (
    coordination_agreements,
    coordination_areas,
    coordination_collections,
    coordination_files,
    coordination_indicators,
    coordination_keeping,
    coordination_members,
    coordination_paper,
    coordination_partnership,
    coordination_parts,
    coordination_personal_data,
    coordination_population,
    coordination_publishing,
    coordination_questionnaires,
    coordination_rounds,
    coordination_sample,
)

pages = Blueprint("coordination", __name__, url_prefix="/p/<partnership>")

READ = ("GET",)
FORM = ("GET", "POST")
SEND = ("POST",)

ROUTES: tuple[tuple[str, Callable[..., Any], tuple[str, ...]], ...] = (
    ("/partnership", coordination_partnership.partnership, READ),
    ("/partnership/settings", coordination_partnership.change_settings, FORM),
    ("/partnership/organisations/new", coordination_partnership.add_organisation, FORM),
    ("/partnership/organisations/<uuid:organisation_id>", coordination_partnership.organisation, FORM),
    (
        "/partnership/organisations/<uuid:organisation_id>/end",
        coordination_partnership.end_organisation,
        FORM,
    ),
    ("/partnership/people", coordination_members.members, READ),
    ("/partnership/people/new", coordination_members.add_member, FORM),
    ("/partnership/people/<uuid:membership_id>", coordination_members.member, READ),
    ("/partnership/people/<uuid:membership_id>/details", coordination_members.change_person, FORM),
    ("/partnership/people/<uuid:membership_id>/end", coordination_members.end_membership, FORM),
    ("/partnership/people/<uuid:membership_id>/seat", coordination_members.set_seat, FORM),
    ("/partnership/people/<uuid:membership_id>/successor", coordination_members.hand_over, FORM),
    ("/partnership/people/<uuid:membership_id>/areas", coordination_members.researcher_areas, FORM),
    ("/partnership/agreements", coordination_agreements.agreements, READ),
    ("/partnership/agreements/new", coordination_agreements.add_agreement, FORM),
    ("/partnership/agreements/<uuid:agreement_id>/end", coordination_agreements.end_agreement, FORM),
    ("/partnership/personal-data", coordination_personal_data.personal_data, READ),
    ("/partnership/people/<uuid:membership_id>/held", coordination_personal_data.person_data, READ),
    (
        "/partnership/people/<uuid:membership_id>/held/withdraw",
        coordination_personal_data.withdraw_person,
        FORM,
    ),
    ("/partnership/people/<uuid:membership_id>/held/erase", coordination_personal_data.erase_person, FORM),
    ("/partnership/households/<uuid:household_id>", coordination_personal_data.household_data, READ),
    ("/partnership/households/<uuid:household_id>/file", coordination_personal_data.household_file, READ),
    (
        "/partnership/households/<uuid:household_id>/withdraw",
        coordination_personal_data.withdraw_household,
        FORM,
    ),
    ("/partnership/households/<uuid:household_id>/erase", coordination_personal_data.erase_household, FORM),
    ("/partnership/keeping", coordination_keeping.keeping, READ),
    ("/partnership/keeping/periods", coordination_keeping.change_keeping, FORM),
    ("/partnership/areas", coordination_areas.areas, READ),
    ("/partnership/areas/new", coordination_areas.add_area, FORM),
    ("/partnership/areas/<uuid:area_id>", coordination_areas.change_area, FORM),
    ("/questionnaires", coordination_questionnaires.questionnaires, READ),
    ("/questionnaires/new", coordination_questionnaires.add_questionnaire, FORM),
    ("/questionnaires/<hash_>", coordination_questionnaires.questionnaire, READ),
    ("/questionnaires/<hash_>/file", coordination_questionnaires.questionnaire_file, READ),
    ("/questionnaires/<hash_>/section/<section>", coordination_questionnaires.questionnaire_section, READ),
    ("/files", coordination_files.files, READ),
    ("/files/indicators", coordination_files.add_indicators, FORM),
    ("/files/responses", coordination_files.add_responses, FORM),
    ("/files/taken/<uuid:run_id>", coordination_files.file_taken, READ),
    ("/files/preview/<uuid:held_id>", coordination_files.preview_file, READ),
    ("/files/preview/<uuid:held_id>/confirm", coordination_files.confirm_file, SEND),
    ("/files/preview/<uuid:held_id>/drop", coordination_files.drop_file, SEND),
    ("/indicators/<uuid:indicator_id>/plan", coordination_indicators.change_indicator, FORM),
    ("/rounds", coordination_rounds.rounds, READ),
    ("/rounds/new", coordination_rounds.add_round, FORM),
    ("/rounds/<uuid:round_id>", coordination_rounds.round, READ),
    ("/rounds/<uuid:round_id>/details", coordination_rounds.change_round, FORM),
    ("/rounds/<uuid:round_id>/reminders", coordination_rounds.reminder_rule, FORM),
    ("/rounds/<uuid:round_id>/questionnaires/new", coordination_rounds.add_collection, FORM),
    ("/rounds/<uuid:round_id>/publish", coordination_publishing.publish, FORM),
    ("/rounds/<uuid:round_id>/publishing", coordination_publishing.publication, READ),
    ("/rounds/<uuid:round_id>/publishing/progress", coordination_publishing.publishing, READ),
    ("/collections/<uuid:collection_id>", coordination_collections.collection, READ),
    ("/collections/<uuid:collection_id>/step/<event>", coordination_collections.move, FORM),
    ("/collections/<uuid:collection_id>/closing-date", coordination_collections.deadline, FORM),
    ("/collections/<uuid:collection_id>/paper/<tongue>", coordination_paper.paper, READ),
    (
        "/collections/<uuid:collection_id>/paper/<uuid:participant_id>/keyed",
        coordination_paper.key_form,
        FORM,
    ),
    (
        "/collections/<uuid:collection_id>/asked/<uuid:participant_id>/parts",
        coordination_parts.parts,
        FORM,
    ),
    ("/collections/<uuid:collection_id>/invite", coordination_collections.invite, SEND),
    ("/collections/<uuid:collection_id>/remind", coordination_collections.remind, SEND),
    ("/collections/<uuid:collection_id>/sample", coordination_sample.sample, READ),
    ("/collections/<uuid:collection_id>/population", coordination_population.population, FORM),
    ("/collections/<uuid:collection_id>/sample/file", coordination_files.add_sample, FORM),
    ("/collections/<uuid:collection_id>/sample/deal-out", coordination_sample.assign_evenly, SEND),
    (
        "/collections/<uuid:collection_id>/sample/areas/<uuid:area_id>",
        coordination_sample.sample_area,
        FORM,
    ),
)

for rule, view, methods in ROUTES:
    pages.add_url_rule(rule, view.__name__, view, methods=methods)
