"""Another partnership is not there: every address × method × role, with its ids, its texts planted."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, Table, select, text
from sqlalchemy.exc import DBAPIError
from werkzeug.test import TestResponse

from lsp_assess.access.policies import POLICIES, allows
from lsp_assess.database.base import Base
from lsp_assess.database.models.access import Account
from lsp_assess.database.models.partnerships import Membership
from lsp_assess.database.session import Scope, open_session, transaction
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.roles import Role
from lsp_assess.web.policy_table import POLICY_OF
from tests.browser.places import PLACES
from tests.browser.site import Site
from tests.integration.matrix.addresses import (
    PLAIN,
    ROW_OF,
    Call,
    address,
    calls,
    methods,
    mixed,
    of_partnerships,
)
from tests.integration.matrix.conftest import Both
from tests.integration.matrix.digests import digests
from tests.integration.matrix.planting import CANARY, WALLED
from tests.trust_run import Figure, Times

Browser = Callable[[UUID], FlaskClient]
Elsewhere = tuple[Role, Callable[[Site], dict[str, Any]]]


def _wheel(**more: Any) -> Callable[[Site], dict[str, Any]]:
    return lambda site: {"collection_id": site.filled.collections["progress_wheel"], "number": 1, **more}


def _second_release(**more: Any) -> Callable[[Site], dict[str, Any]]:
    """Stories and what only the first or no round has."""
    return lambda site: {"number": "2.2", **more}


# Endpoint → who may open it, and values that are all there, though not under each other.
ELSEWHERE: Mapping[str, Elsewhere] = {
    "answering.tasks": (Role.PARTNER, _wheel(number=2)),
    "answering.check": (Role.PARTNER, _wheel(number=2)),
    "answering.send": (Role.PARTNER, _wheel(number=2)),
    "answering.receipt": (Role.PARTNER, _wheel(number=2)),
    "answering.open_again": (Role.PARTNER, _wheel(number=2)),
    "answering.section": (Role.PARTNER, _wheel(section="household")),
    "answering.save": (Role.PARTNER, _wheel(section="household")),
    "answering_results.mine": (Role.PARTNER, _wheel(number=2)),
    "answering_kept.take": (Role.PARTNER, _wheel(number=2)),
    "answering_kept.drop": (Role.PARTNER, _wheel(number=2)),
    "coordination.move": (Role.COORDINATOR, _wheel(event="publish")),
    **dict.fromkeys(
        ("coordination.key_form", "coordination.parts"),
        (
            Role.COORDINATOR,
            lambda site: {
                "collection_id": site.filled.collections["value_added_perceptions"],
                "participant_id": site.filled.participant,
            },
        ),
    ),
    "coordination.paper": (Role.COORDINATOR, _wheel(tongue="cy")),
    "coordination.sample_area": (
        Role.COORDINATOR,
        lambda site: {**_wheel()(site), "area_id": site.full.areas[0]},
    ),
    "coordination.questionnaire_section": (
        Role.COORDINATOR,
        lambda site: {**dict(PLACES["coordination.questionnaire_section"](site)), "section": "household"},
    ),
    "challenge.ask_part": (Role.FACILITATOR, _wheel(part="shared_vision")),
    "meeting.move": (Role.FACILITATOR, _wheel(event="finalise")),
    "meeting.part": (Role.FACILITATOR, _wheel(part="vision")),
    "meeting.take_back": (Role.FACILITATOR, _wheel(part="vision")),
    "meeting.words": (Role.FACILITATOR, _wheel(criterion="leadership")),
    **dict.fromkeys(
        ("rescoring.open_", "rescoring.take_back", "rescoring.reveal", "rescoring.counted"),
        (Role.FACILITATOR, _wheel(part="vision")),
    ),
    "again.part": (Role.PARTNER, _wheel(part="vision")),
    "residents.interview": (
        Role.RESEARCHER,
        lambda site: {"member_id": site.filled.sample_members[0], "section": "wheel"},
    ),
    "residents.save": (
        Role.RESEARCHER,
        lambda site: {"member_id": site.filled.sample_members[0], "section": "wheel"},
    ),
    "results.story": (Role.EVALUATOR, lambda site: {"number": "2.2", "story_id": site.filled.released_story}),
    "results.table": (Role.EVALUATOR, _second_release(table_id="survey.satisfaction")),
    "result_files.csv": (Role.EVALUATOR, _second_release(table_id="survey.satisfaction")),
    "result_files.drawing": (Role.EVALUATOR, _second_release(table_id="survey.satisfaction")),
    "stories.withdraw": (Role.FACILITATOR, lambda site: {"story_id": site.filled.story, "to": "survey"}),
}
OUT_OF_REACH = {"operations.audit_seal"}  # the application can neither read nor write it
TEXTS = [column for table in WALLED for column in table.columns if str(column.type) == "TEXT"]


def shows_the_foreign(answer: TestResponse) -> bool:
    said = answer.get_data() + str(answer.headers).encode()
    return CANARY.encode() in said or b"Southbridge Partnership" in said


def test_every_argument_of_an_address_is_known(app: Flask) -> None:  # trust A2, A3
    arguments = {name for rule in of_partnerships(app) for name in rule.arguments - {"partnership"}}
    assert arguments == ROW_OF.keys() | PLAIN.keys(), (
        "say in addresses.py which row it names, or that it names none"
    )


def test_every_text_of_every_table_of_a_partnership_holds_a_canary(
    migrator: Engine, both: Both, figure: Figure
) -> None:  # trust A2
    with migrator.connect() as connection:
        bare = [
            str(column)
            for column in TEXTS
            if not any(
                CANARY in (found or "")
                for found in connection.execute(
                    select(column).where(column.table.c.partnership_id == both.foreign.partnership_id)
                ).scalars()
            )
        ]
    assert bare == ["indicator.polarity", "action.light", "story.decision"], (
        "the database itself leaves no room for text there"
    )
    others = {t.fullname for t in Base.metadata.sorted_tables if t.schema != "access"}
    assert others - {t.fullname for t in WALLED} == {"main.partnership"}
    figure(f"{len(TEXTS)} texts of {len(WALLED)} tables planted")


def test_a_foreign_partnership_is_not_there_for_anybody_by_any_method(
    app: Flask,
    both: Both,
    migrator: Engine,
    engine: Engine,
    browser_of: Browser,
    unforged: Callable[[], None],
    times: Times,
    figure: Figure,
) -> None:  # trust A2
    unforged()
    everything = list(calls(app, of_partnerships(app), both.planted, slug=both.foreign.slug))
    people = {role.value: both.own.accounts[role] for role in Role}
    people |= {"of none": an_account(engine), "of the past": a_past_member(both)}
    before = digests(migrator)
    chosen = list(people.items())[:: times(few=4, full=1)]
    for who, account_id in chosen:
        client = browser_of(account_id)
        for call in everything:
            answer = client.open(call.path, method=call.method)
            assert answer.status_code == 404, (who, str(call))
            assert not shows_the_foreign(answer), (who, str(call))
    nobody = app.test_client()
    for call in everything:
        answer = nobody.open(call.path, method=call.method)
        assert answer.status_code == (302 if call.method == "GET" else 401), str(call)
        assert not shows_the_foreign(answer) or CANARY in call.path, str(call)
    assert digests(migrator) == before
    figure(f"{len(everything)} calls × {len(chosen) + 1} people, 0 answered, 0 rows written")


def test_the_ids_of_a_foreign_partnership_are_not_there_in_the_own_one(
    app: Flask,
    both: Both,
    site: Site,
    migrator: Engine,
    browser_of: Browser,
    unforged: Callable[[], None],
    times: Times,
    figure: Figure,
) -> None:  # trust A3
    unforged()
    before = digests(migrator)
    tried = 0
    for role in list(Role)[:: times(few=3, full=1)]:
        client, actor = browser_of(both.own.accounts[role]), both.own.actor(role)
        for call in foreign_ids_in_the_own(app, both, site):
            answer = client.open(call.path, method=call.method)
            allowed = allows(POLICIES[POLICY_OF[call.endpoint]], actor)
            assert answer.status_code == (404 if allowed else 403), (role, str(call), call.path)
            assert not shows_the_foreign(answer) or CANARY in call.path, (role, str(call))
            tried += 1
    assert digests(migrator) == before
    figure(f"{tried} calls with foreign ids, 0 found, 0 rows written")


def foreign_ids_in_the_own(app: Flask, both: Both, site: Site) -> list[Call]:
    """Each id of an address exchanged for a foreign one, the others the own partnership's."""
    found = []
    for rule in of_partnerships(app):
        place = PLACES.get(rule.endpoint)
        own = {**PLAIN, **(place(site) if place else {})}
        own |= {name: new_id() for name in rule.arguments & ROW_OF.keys() - own.keys()}
        own = {name: own[name] for name in rule.arguments - {"partnership"}}
        for values in mixed(rule, own, both.planted):
            path = address(app, rule, {**values, "partnership": both.own.slug})
            found += [Call(rule.endpoint, method, path) for method in methods(rule)]
    return found


def test_what_hangs_elsewhere_in_the_own_partnership_is_not_there(
    app: Flask, site: Site, both: Both, browser_of: Browser, unforged: Callable[[], None], figure: Figure
) -> None:  # trust A3
    unforged()
    nested = {r.endpoint: r for r in of_partnerships(app) if len(r.arguments - {"partnership"}) > 1}
    assert nested.keys() == ELSEWHERE.keys(), "say what of the own partnership does not belong together here"
    household = f"/p/northbridge/households/{both.filled.sample_members[0]}"
    begun = browser_of(both.own.accounts[Role.RESEARCHER]).post(f"{household}/begin", data={"adults": 1})
    assert begun.status_code == 302
    for endpoint, (role, place) in ELSEWHERE.items():
        client = browser_of(both.own.accounts[role])
        path = address(app, nested[endpoint], {**place(site), "partnership": both.own.slug})
        for method in methods(nested[endpoint]):
            assert client.open(path, method=method).status_code == 404, (endpoint, method, path)
    figure(f"{len(nested)} addresses with a child of another parent, 0 found")


def an_account(engine: Engine) -> UUID:
    """That stands in no partnership."""
    account = Account(id=new_id(), email="nobody.yet@example.org", fs_uniquifier=str(new_id()))
    with transaction(engine, Scope()) as session:
        session.add(account)
    return account.id


def a_past_member(both: Both) -> UUID:
    """Of the foreign partnership, until yesterday."""
    account_id, person_id = both.foreign.add_member("Past Member", Role.COORDINATOR)
    with transaction(both.foreign.engine, Scope(partnership_id=both.foreign.partnership_id)) as session:
        (membership,) = session.execute(select(Membership).where(Membership.person_id == person_id)).scalars()
        membership.valid_to = both.foreign.clock.now().date() - timedelta(days=1)
    return account_id


@pytest.mark.parametrize("table", WALLED, ids=lambda table: table.fullname)
def test_without_a_partnership_a_table_has_no_rows(
    table: Table, engine: Engine, both: Both, figure: Figure
) -> None:
    with open_session(engine, Scope()) as session:  # trust A9
        query = text(f"SELECT count(*) FROM {table.fullname} WHERE partnership_id IS NOT NULL")
        if table.fullname in OUT_OF_REACH:
            with pytest.raises(DBAPIError, match="permission denied"):
                session.execute(query)
        else:
            assert session.execute(query).scalar_one() == 0
    figure(f"{len(WALLED)} tables, {len(OUT_OF_REACH)} of them out of reach: without a partnership 0 rows")


@pytest.mark.parametrize("table", WALLED, ids=lambda table: table.fullname)
def test_no_row_can_be_moved_to_another_partnership(table: Table, engine: Engine, both: Both) -> None:
    scope = Scope(partnership_id=both.foreign.partnership_id)  # trust A4
    with pytest.raises(DBAPIError) as refused, transaction(engine, scope) as session:
        session.execute(
            text(f"UPDATE {table.fullname} SET partnership_id = :other"),
            {"other": both.own.partnership_id},
        )
    said = str(refused.value)
    assert "row-level security" in said or "permission denied" in said or "foreign key" in said


def test_every_key_between_tables_of_a_partnership_names_the_partnership_too() -> None:  # trust A3, A4
    bare = [
        f"{table.fullname} → {key.referred_table.fullname}"
        for table in WALLED
        for key in table.foreign_key_constraints
        if key.referred_table in WALLED and "partnership_id" not in key.column_keys
    ]
    assert bare == []
