"""Markup in every text that a partnership holds and in every field of a form, wherever it comes to the
surface (trust B4)."""

from urllib.parse import urljoin

import pytest

from lsp_assess.partnerships.roles import Role
from tests.forms_found import HALF_SIGNED_IN, Forms, Found, further_pages
from tests.hostile_words import columns, plant, read, words
from tests.integration.hostile.conftest import Place
from tests.integration.matrix.crawling import looks
from tests.trust_run import Figure, Times

MOST_FIRST = (Role.COORDINATOR, Role.PARTNER, Role.RESEARCHER)
# Comes to the surface on no page that those three look at: nothing stands there in the full partnership (what
# forms take is sent to them below), nothing in it is words, or nobody sees it. A new text is none of them.
UNSEEN = frozenset(
    [
        "main.partnership.kept_days",
        "contacts.held_file.file_name",
        "contacts.held_file.questionnaire_name",
        "contacts.mail.subject",
        "contacts.mail.body",
        "main.instrument.name",
        "main.instrument.instrument_version",
        "main.instrument.source",
        "main.objective.code",
        "main.objective.title",
        "main.sub_partnership.name",
        "main.sub_partnership.purpose",
        "operations.audit_event.details",
        "operations.receipt.content",
        "publications.report_job.release_ids",
        "contacts.person_contact.telephone",
        "main.collection.languages",
        "main.collection.settings",
        "main.objective_link.target_code",
        "main.objective_link.asserted_by",
        "operations.import_run.reconciliation",
        "answers.agreed_score.part",
        "answers.agreed_score.rationale",
        "answers.dissent.words",
        "answers.cleared_remark.item",
        "answers.cleared_remark.words",
        "answers.kept_body.reason",
        "answers.kept_body.body",
        "main.evidence.withdrawn_because",
        "answers.relied_evidence.title",
        "answers.restricted_values.content",
        "contacts.household_address.telephone",
        "main.collection_event.reason",
        "main.plan_line.name",
        "main.series_break.note",
        "publications.publication.reason",
        "main.respondent_key.imported_id",
        "main.sample_member.stratum",
        "main.sample_member.cluster",
        "main.sample_member.serial",
        "answers.response.draft",
        "answers.response.serial",
        "answers.response.batch",
        "main.participant.assigned",
        "main.visit.note",
        "answers.story.decision_reason",
        "answers.story_link.target_code",
        "access.passkey.name",
    ]
)
# Forms that show nothing of what was typed: pass phrases and codes, an answer that is alike for everybody,
# and two for which it is not the time.
SILENT = {
    *("security.change_password", "security.reset_password", "security.verify", "security.mf_recovery"),
    *("security.two_factor_token_validation", "invitations.link_asked"),
    *("coordination.publish", "stories.decide"),
}


def test_markup_in_every_text_is_shown_as_it_was_written(
    place: Place, figure: Figure, times: Times, monkeypatch: pytest.MonkeyPatch
) -> None:
    # trust B4
    forms = Forms(place.site, place.engine)
    further = [(who, path) for who, path in further_pages(place.site, place.engine) if who != HALF_SIGNED_IN]
    plant(place.site, monkeypatch)
    shown: set[int] = set()
    pages, faults = 0, []
    for role in [*MOST_FIRST, *(set(Role) - {*MOST_FIRST})][: times(few=3, full=len(Role))]:
        client = forms.client(role)
        paths = [*(look.path for look in looks(place.site)), *(path for who, path in further if who == role)]
        for path in dict.fromkeys(paths):
            answer = client.get(path)
            assert answer.status_code in (200, 302, 403, 404, 409), (role, path)
            if answer.mimetype == "text/html":
                page = read(answer.text)
                faults += [f"{role} {path}: {fault}" for fault in page.faults]
                shown |= page.marks
                pages += bool(page.marks)
    held = {f"{each.table.fullname}.{each.name}": number for number, each in enumerate(columns())}
    figure(f"{len(held)} texts planted, {len(shown)} seen on {pages} pages, taken for markup {len(faults)}")
    assert faults == []
    assert {name for name, number in held.items() if number not in shown} - UNSEEN == set()


def test_markup_in_every_field_of_a_form_comes_back_as_it_was_written(
    place: Place, forms: list[Found], figure: Figure
) -> None:
    # trust B4
    browsers, fields, faults, seen, silent = Forms(place.site, place.engine), 0, [], 0, set()
    for form in forms:
        client = browsers.client(form.who)
        token = client.get(form.page).text.partition('name="csrf_token"')[2]
        values = {**form.filled(), "csrf_token": [token.partition('value="')[2].partition('"')[0]]}
        texts = [entry for entry in form.entries if entry.is_text]
        for number, entry in enumerate(texts):
            values = form.with_value(values, entry, words(number))
        answers = [client.post(form.action, data=values)]
        if answers[0].status_code == 302:
            answers.append(client.get(urljoin(form.action, answers[0].location)))
        answers.append(client.get(form.page))
        assert all(answer.status_code < 500 for answer in answers), form
        pages = [read(answer.text) for answer in answers if answer.mimetype == "text/html"]
        faults += [f"{form.endpoint}: {fault}" for page in pages for fault in page.faults]
        came_back = set().union(*(page.marks for page in pages))
        if texts and not came_back:
            silent.add(form.endpoint)
        fields, seen = fields + len(texts), seen + len(came_back)
    figure(f"{fields} fields of {len(forms)} forms, {seen} came back, taken for markup {len(faults)}")
    assert faults == []
    assert silent == SILENT
