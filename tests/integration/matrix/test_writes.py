"""What holds for every write: made once for each endpoint, listed from the map of addresses."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, Uuid, text

from lsp_assess.web.policy_table import CLOSED
from tests.integration.matrix.addresses import UNSAFE, methods
from tests.integration.matrix.conftest import Bench, Both
from tests.integration.matrix.digests import digests
from tests.integration.matrix.forms_on_pages import FormOnPage
from tests.integration.matrix.injections import COLUMNS, arrived, counted, injected
from tests.integration.matrix.planting import WALLED
from tests.integration.matrix.writes import WRITES, endpoint_of, form_of, sent
from tests.integration.web.account_writes import ACCOUNT_WRITES
from tests.trust_run import Figure, Times

Anew = Callable[[], AbstractContextManager[Bench]]
OF_ACCOUNTS = ACCOUNT_WRITES.keys()
UUID_TEXT = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture
def chosen(times: Times) -> list[str]:
    """One write of every endpoint; a few of them in every run."""
    each = [name for name in WRITES if endpoint_of(name) == name]
    return each[:: times(few=6, full=1)]


def test_every_write_is_listed(app: Flask) -> None:  # trust A8, C2
    unsafe = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if UNSAFE.intersection(methods(rule)) and rule.endpoint not in CLOSED
    }
    assert {endpoint_of(name) for name in WRITES} | OF_ACCOUNTS == unsafe
    assert {name for name in WRITES if endpoint_of(name) == name} == unsafe - OF_ACCOUNTS


def test_a_write_leaves_its_events_in_its_own_transaction_and_without_them_nothing(
    app: Flask, anew: Anew, chosen: list[str], figure: Figure
) -> None:  # trust C2
    app.config["PROPAGATE_EXCEPTIONS"] = False
    for name in chosen:
        with anew() as bench:
            client, form = form_of(bench.site, bench.browser_of, name)
            last, before = last_event(bench.migrator), digests(bench.migrator)
            may_record(bench.migrator, "REVOKE INSERT ON operations.audit_event FROM lsp_application")
            refused = client.post(form.action, data=sent(bench.site, name, form))
            assert refused.status_code == 500, name
            assert digests(bench.migrator) == before, name
            may_record(bench.migrator, "GRANT INSERT ON operations.audit_event TO lsp_application")
            assert client.post(form.action, data=sent(bench.site, name, form)).status_code == 302, name
            assert events_since(bench.migrator, last) == WRITES[name].events, name
            assert digests(bench.migrator) != before, name
    figure(f"{len(chosen)} endpoints: each its events; where the log cannot be written 0 written")


def test_no_column_can_be_injected_into_a_write(anew: Anew, chosen: list[str], figure: Figure) -> None:
    fields = 0  # trust A8
    for name in chosen:
        with anew() as bench:
            client, form = form_of(bench.site, bench.browser_of, name)
            assert client.post(form.action, data=sent(bench.site, name, form)).status_code == 302, name
            as_meant = counted(bench.migrator)
        with anew() as bench:
            client, form = form_of(bench.site, bench.browser_of, name)
            ours = sent(bench.site, name, form)
            extra = injected(form.names | ours.keys())
            answer = client.post(form.action, data={**extra, **ours}, query_string=extra)
            assert answer.status_code < 500, name
            assert arrived(bench.migrator) == [], name
            if answer.status_code == 302:
                assert counted(bench.migrator) == as_meant, name
            fields += len(extra)
    figure(f"{len(COLUMNS)} columns as {fields} extra fields of {len(chosen)} writes, 0 arrived")


def test_no_form_takes_an_id_of_another_partnership(
    anew: Anew, chosen: list[str], both: Both, figure: Figure
) -> None:  # trust A4
    tried = 0
    for name in chosen:
        with anew() as bench:
            client, form = form_of(bench.site, bench.browser_of, name)
            ours = sent(bench.site, name, form)
            before = digests(bench.migrator)
            for changed in with_foreign_ids(bench.migrator, form, ours, both):
                answer = client.post(form.action, data=changed)
                assert answer.status_code in (404, 409, 422), (name, answer.status_code, answer.location)
                assert digests(bench.migrator) == before, name
                tried += 1
    figure(f"{tried} foreign ids in {len(chosen)} forms, 0 taken")


def with_foreign_ids(
    migrator: Engine, form: FormOnPage, ours: dict[str, Any], both: Both
) -> Iterator[dict[str, Any]]:
    """The form once for each field that names a row, with the foreign partnership's row of that table."""
    for name in sorted({*form.offered, *ours}):
        held = ours.get(name, "")
        values = [*form.offered.get(name, ()), *(held if isinstance(held, list) else [held])]
        own = next((v for v in values if isinstance(v, str) and UUID_TEXT.fullmatch(v)), None)
        table = table_of(migrator, own) if own else None
        if table is not None:
            yield {**ours, name: str(both.planted[table]["id"])}


def table_of(migrator: Engine, id_: str) -> str | None:
    with migrator.connect() as connection:
        for table in (t for t in WALLED if isinstance(t.c.id.type, Uuid)):
            query = text(f"SELECT 1 FROM {table.fullname} WHERE id = CAST(:id AS uuid)")
            if connection.execute(query, {"id": id_}).first():
                return table.fullname
    return None


def last_event(migrator: Engine) -> int:
    with migrator.connect() as connection:
        return int(
            connection.execute(text("SELECT coalesce(max(id), 0) FROM operations.audit_event")).scalar_one()
        )


def events_since(migrator: Engine, last: int) -> tuple[str, ...]:
    query = text("SELECT event FROM operations.audit_event WHERE id > :last ORDER BY id")
    with migrator.connect() as connection:
        return tuple(connection.execute(query, {"last": last}).scalars())


def may_record(migrator: Engine, statement: str) -> None:
    with migrator.begin() as connection:
        connection.execute(text("SET LOCAL ROLE lsp_owner"))
        connection.execute(text(statement))
