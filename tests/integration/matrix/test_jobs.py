"""A job edited in the queue does nothing for whom it was not asked: every task, every argument."""

import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select, text

from lsp_assess.actions.invitations import SENT_WITHIN
from lsp_assess.config import Config, Databases
from lsp_assess.database.models.access import Account
from lsp_assess.jobs.queue import make_queue
from lsp_assess.kernel.clock import SetClock, SystemClock
from lsp_assess.partnerships.roles import Role
from tests.integration.matrix.conftest import Bench, Both
from tests.integration.matrix.digests import digests
from tests.integration.matrix.writes import write
from tests.trust_run import Figure
from tests.visitor import Visitor
from tests.workers import work_off

Anew = Callable[[], AbstractContextManager[Bench]]
# Task → the write that asks for it, and which rows its arguments name.
ASKED_BY: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "make_report": ("reports.ask", {"job_id": "publications.report_job"}),
    "publish_round": ("coordination.publish", {"publication_id": "publications.publication"}),
    "send_mail": ("coordination.remind", {"mail_id": "contacts.mail"}),
}
# Asked for by somebody who has not signed in; holds a seal of the account and the moment.
SEALED = "send_new_links"
OF_THE_QUEUE = {"take_up_again", "builtin:procrastinate.builtin_tasks.remove_old_jobs"}


def test_every_task_is_listed(config: Config) -> None:  # trust A10
    queue, engine = make_queue(config)
    engine.dispose()
    named = {name for name in queue.tasks if "remove_old_jobs" not in name}
    assert named == ASKED_BY.keys() | {SEALED} | (OF_THE_QUEUE & named)


@pytest.mark.parametrize("task", ASKED_BY)
def test_a_job_edited_in_the_queue_is_refused(
    task: str, anew: Anew, config: Config, both: Both, figure: Figure
) -> None:  # trust A10
    asked_by, rows = ASKED_BY[task]
    edits = {
        "partnership_id": [str(both.foreign.partnership_id)],
        "account_id": [str(world.accounts[role]) for world in (both.own, both.foreign) for role in STRONG],
        **{argument: [str(both.planted[table]["id"])] for argument, table in rows.items()},
    }
    with anew() as bench:
        assert write(bench.site, bench.browser_of, asked_by).status_code == 302
        tried = refused(bench, config, task, edits)
    figure(f"{task}: {tried} edits of its arguments, 0 done")


def test_a_job_that_anybody_may_ask_for_is_done_for_the_account_that_was_named_alone(
    anew: Anew, config: Config, both: Both, clock: SetClock, figure: Figure
) -> None:  # trust A10
    clock.instant = SystemClock().now()  # which is the worker's
    with anew() as bench:
        own, foreign = bench.site.full, both.foreign
        with own.session() as session:
            emails = dict(session.execute(select(Account.id, Account.email)).all())
        invited = own.accounts[Role.PARTNER]
        others = [id for world in (own, foreign) for id in world.accounts.values() if id != invited]
        Visitor(bench.site.app).post("/new-link", {"email": emails[invited]}, status=200)
        earlier = clock.instant - timedelta(hours=1)
        edits = {
            "account_id": list(map(str, others)),
            "asked_at": [earlier.isoformat()],
            "seal": ["", "0" * 64, "é"],
        }
        tried = refused(bench, config, SEALED, edits)
    figure(f"{SEALED}: {tried} edits of its arguments, 0 done")


def test_a_request_for_links_is_too_old_after_a_day(
    anew: Anew, config: Config, clock: SetClock
) -> None:  # trust A10
    clock.instant = SystemClock().now() - SENT_WITHIN
    with anew() as bench:
        email = f"{bench.site.full.slug}.partner@example.org"
        Visitor(bench.site.app).post("/new-link", {"email": email}, status=200)
        before = but_the_queue(bench.migrator)
        work_off(replace(config, databases=Databases(bench.site.database.application)))
        assert but_the_queue(bench.migrator) == before


def refused(bench: Bench, config: Config, task: str, edits: Mapping[str, list[str]]) -> int:
    """How many edits of the job that waits change nothing; as it was asked for, it is done."""
    here, tried = replace(config, databases=Databases(bench.site.database.application)), 0
    waiting = arguments(bench.migrator, task)
    assert waiting.keys() <= edits.keys(), "say what an argument of this task can be edited to"
    before = but_the_queue(bench.migrator)
    for argument, others in edits.items():
        for other in others if argument in waiting and waiting[argument] is not None else ():
            if other != waiting[argument]:
                put(bench.migrator, task, {**waiting, argument: other})
                work_off(here)
                assert but_the_queue(bench.migrator) == before, (task, argument)
                assert not list((config.instance / "mail").glob("*")), (task, argument)
                tried += 1
    put(bench.migrator, task, waiting)
    work_off(here)
    assert but_the_queue(bench.migrator) != before, "as it was asked for, it is done"
    assert tried
    return tried


STRONG = (Role.COORDINATOR, Role.EVALUATOR, Role.ADMINISTRATOR)


def arguments(migrator: Engine, task: str) -> dict[str, str]:
    query = text("SELECT args FROM jobs.procrastinate_jobs WHERE task_name = :task ORDER BY id DESC LIMIT 1")
    with migrator.connect() as connection:
        return dict(connection.execute(query, {"task": task}).scalar_one())


def put(migrator: Engine, task: str, edited: Mapping[str, object]) -> None:
    """The only job that waits, with these arguments."""
    change = text(
        "UPDATE jobs.procrastinate_jobs SET status = 'todo', attempts = 0, args = CAST(:args AS jsonb)"
        " WHERE id = (SELECT max(id) FROM jobs.procrastinate_jobs WHERE task_name = :task)"
    )
    with migrator.begin() as connection:
        connection.execute(text("DELETE FROM jobs.procrastinate_events"))
        connection.execute(
            text(
                "DELETE FROM jobs.procrastinate_jobs WHERE id <>"
                " (SELECT max(id) FROM jobs.procrastinate_jobs WHERE task_name = :task)"
            ),
            {"task": task},
        )
        connection.execute(change, {"task": task, "args": json.dumps(edited)})


def but_the_queue(migrator: Engine) -> dict[str, str]:
    return {name: one for name, one in digests(migrator).items() if not name.startswith("jobs.")}
