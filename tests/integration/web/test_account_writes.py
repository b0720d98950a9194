"""What holds for every write of accounts and their sessions."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine

from lsp_assess.partnerships.roles import Role
from tests.integration.matrix.digests import digests
from tests.integration.matrix.injections import COLUMNS, arrived, counted, injected
from tests.integration.matrix.test_writes import events_since, last_event, may_record
from tests.integration.web.account_writes import ACCOUNT_WRITES, Doors
from tests.integration.web.conftest import Credentials
from tests.trust_run import Figure
from tests.visitor import Page, Visitor
from tests.world import World


@pytest.fixture
def doors(
    app: Flask,
    world: World,
    credentials: Callable[[Role], Credentials],
    sign_in: Callable[[Credentials], Visitor],
) -> Doors:
    return Doors(app, world, credentials, sign_in)


@pytest.mark.parametrize("endpoint", ACCOUNT_WRITES)
def test_a_write_of_an_account_leaves_its_events_in_its_own_transaction_and_without_them_nothing(
    endpoint: str, doors: Doors, migrator: Engine, figure: Figure
) -> None:  # trust C2
    doors.app.config["PROPAGATE_EXCEPTIONS"] = False
    one, events = ACCOUNT_WRITES[endpoint], ACCOUNT_WRITES[endpoint].events
    act = one.prepared(doors)
    assert doors.app.url_map.bind("localhost").match(act.path, method="POST")[0] == endpoint
    last, before = last_event(migrator), digests(migrator)
    may_record(migrator, "REVOKE INSERT ON operations.audit_event FROM lsp_application")
    act.send(status=500 if events else act.status)
    assert digests(migrator) == before
    may_record(migrator, "GRANT INSERT ON operations.audit_event TO lsp_application")
    if one.ends:
        act = one.prepared(doors)
        last = last_event(migrator)
    if events:
        act.send(status=act.status)
    assert events_since(migrator, last) == events
    figure(f"{len(ACCOUNT_WRITES)} writes of accounts: each its events; where they cannot be kept 0 written")


@pytest.mark.parametrize("endpoint", ACCOUNT_WRITES)
def test_no_column_can_be_injected_into_a_write_of_an_account(
    endpoint: str, doors: Doors, migrator: Engine, figure: Figure
) -> None:  # trust A8
    act = ACCOUNT_WRITES[endpoint].prepared(doors)
    form = Page(act.visitor.client.get(act.on or act.path)).fields
    extra = injected(form.keys() | act.fields.keys())
    before = of_few_values(migrator)
    assert before
    act.visitor.post(act.path, {**extra, **act.fields}, on=act.on, status=act.status, query_string=extra)
    assert arrived(migrator) == []
    assert of_few_values(migrator) == before
    figure(f"{len(COLUMNS)} columns in {len(ACCOUNT_WRITES)} writes of accounts, 0 arrived")


def of_few_values(migrator: Engine) -> dict[str, Counter[Any]]:
    """Of accounts, and of all that belongs to a partnership."""
    return {
        column: values
        for column, values in counted(migrator).items()
        if column.startswith(("account.", "person.", "membership.", "partnership."))
    }
