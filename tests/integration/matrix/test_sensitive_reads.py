"""What is looked at leaves its event, or is not shown."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from lsp_assess.partnerships.roles import Role
from lsp_assess.web.policy_table import CLOSED
from lsp_assess.web.sensitive_reads import SEEN, TAKEN
from tests.browser.site import Site
from tests.integration.matrix.addresses import methods
from tests.integration.matrix.crawling import Look, looks
from tests.integration.matrix.plain_reads import PLAIN_READS
from tests.integration.matrix.test_writes import events_since, last_event, may_record
from tests.trust_run import Figure, Times

Browser = Callable[[UUID], FlaskClient]
EVENT_OF = {**TAKEN, **{endpoint: sight.event for endpoint, sight in SEEN.items()}}


@dataclass(frozen=True)
class Shown:
    endpoint: str
    events: tuple[str, ...]


def test_each_read_is_sensitive_or_it_is_said_why_not(app: Flask) -> None:  # trust C2
    reads = {r.endpoint for r in app.url_map.iter_rules() if "GET" in methods(r)} - CLOSED
    plain = PLAIN_READS.values()
    assert set().union(EVENT_OF, *plain) == reads
    assert len(EVENT_OF) + sum(map(len, plain)) == len(reads), "an endpoint stands in two lists"


def test_a_sensitive_read_leaves_its_event_and_no_other_read_leaves_any(
    site: Site, migrator: Engine, browser_of: Browser, times: Times, figure: Figure
) -> None:  # trust C2
    shown = list(successful(site, migrator, browser_of, every=times(few=6, full=1)))
    assert [one for one in shown if one.events != expected(one.endpoint)] == []
    assert EVENT_OF.keys() - {one.endpoint for one in shown} == set()
    sensitive = [one for one in shown if one.events]
    figure(f"{len(sensitive)} sensitive reads: an event each; {len(shown) - len(sensitive)} others: none")


def test_what_cannot_be_written_down_is_not_shown(
    app: Flask, site: Site, migrator: Engine, browser_of: Browser, figure: Figure
) -> None:  # trust C2
    app.config["PROPAGATE_EXCEPTIONS"] = False
    opened = list(sensitive_looks(site, browser_of))
    may_record(migrator, "REVOKE INSERT ON operations.audit_event FROM lsp_application")
    for client, look in opened:
        answer = client.get(look.path)
        assert answer.status_code == 500, look
        assert "Canary Row" not in answer.text, look
    figure(f"{len(opened)} sensitive reads while the log cannot be written: 0 shown")


def expected(endpoint: str) -> tuple[str, ...]:
    return (EVENT_OF[endpoint],) if endpoint in EVENT_OF else ()


def successful(site: Site, migrator: Engine, browser_of: Browser, *, every: int) -> Iterator[Shown]:
    """Each sensitive address and each so many-th of the others, by the first to whom it shows something."""
    clients = clients_of(site, browser_of)
    found = every_look(site, clients[Role.RESEARCHER])
    sensitive = [look for look in found if look.endpoint in EVENT_OF]
    for look in sensitive + [look for look in found if look.endpoint not in EVENT_OF][::every]:
        for client in clients.values():
            last = last_event(migrator)
            if client.get(look.path).status_code == 200:
                yield Shown(look.endpoint, events_since(migrator, last))
                break


def sensitive_looks(site: Site, browser_of: Browser) -> Iterator[tuple[FlaskClient, Look]]:
    clients = clients_of(site, browser_of)
    for look in every_look(site, clients[Role.RESEARCHER]):
        if look.endpoint in EVENT_OF:
            found = (c for c in clients.values() if c.get(look.path).status_code == 200)
            client = next(found, None)
            if client is not None:
                yield client, look


def clients_of(site: Site, browser_of: Browser) -> dict[Role | None, FlaskClient]:
    nobody: dict[Role | None, FlaskClient] = {None: site.app.test_client()}
    return nobody | {role: browser_of(site.full.accounts[role]) for role in Role}


def every_look(site: Site, researcher: FlaskClient) -> list[Look]:
    """An interview is begun, so that there is one."""
    site.app.config["WTF_CSRF_ENABLED"] = False
    doorstep = f"/p/{site.full.slug}/households/{site.filled.sample_members[0]}"
    begun = researcher.post(f"{doorstep}/begin", data={"adults": "2"})
    assert begun.status_code == 302, begun.text
    interview = [Look("residents.interview", begun.location), Look("residents.check", f"{doorstep}/check")]
    return [*looks(site), *interview]
