"""A job edited in the queue does nothing for whom it was not asked: every task, every argument."""

import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest
from sqlalchemy import Engine, text

from lsp_assess.config import Config, Databases
from lsp_assess.jobs.queue import make_queue
from lsp_assess.partnerships.roles import Role
from tests.integration.matrix.conftest import Bench, Both
from tests.integration.matrix.digests import digests
from tests.integration.matrix.writes import write
from tests.trust_run import Figure
from tests.workers import work_off

Anew = Callable[[], AbstractContextManager[Bench]]
# Task → the write that asks for it, and which rows its arguments name.
ASKED_BY: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "make_report": ("reports.ask", {"job_id": "publications.report_job"}),
    "publish_round": ("coordination.publish", {"publication_id": "publications.publication"}),
    "send_mail": ("coordination.remind", {"mail_id": "contacts.mail"}),
}
# Tells an account's own open questionnaires to its own address, and names nothing else.
OF_AN_ACCOUNT = {"send_new_links"}
OF_THE_QUEUE = {"take_up_again", "builtin:procrastinate.builtin_tasks.remove_old_jobs"}


def test_every_task_is_listed(config: Config) -> None:  # trust A10
    queue, engine = make_queue(config)
    engine.dispose()
    named = {name for name in queue.tasks if "remove_old_jobs" not in name}
    assert named == ASKED_BY.keys() | OF_AN_ACCOUNT | (OF_THE_QUEUE & named)


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
    tried = 0
    with anew() as bench:
        assert write(bench.site, bench.browser_of, asked_by).status_code == 302
        here = replace(config, databases=Databases(bench.site.database.application))
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
    figure(f"{task}: {tried} edits of its arguments, 0 done")


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
