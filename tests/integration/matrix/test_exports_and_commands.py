"""Files are for who may take them; commands of one partnership say nothing of another."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import click
from click.testing import CliRunner
from flask.testing import FlaskClient
from sqlalchemy import Engine

from lsp_assess.access.policies import POLICIES, allows
from lsp_assess.cli import COMMANDS, main
from lsp_assess.database.bootstrap import Urls
from lsp_assess.partnerships.roles import Role
from lsp_assess.web.policy_table import POLICY_OF
from tests.browser.places import FILES, OWNERS
from tests.browser.site import Site
from tests.integration.matrix.conftest import Both
from tests.integration.matrix.crawling import looks, seen
from tests.integration.matrix.digests import digests
from tests.integration.matrix.planting import CANARY
from tests.trust_run import Figure

Browser = Callable[[UUID], FlaskClient]
FOREIGN = "southbridge.partner@example.org"
# Commands that work in one partnership, with what they are given beside it.
IN_A_PARTNERSHIP = {
    "import indicators": ["--mapping", "{file}", "{file}"],
    "import responses": ["--mapping", "{file}", "{file}"],
    "records": [
        *("--rounds", "9", "--agreement", "DSA-7", "--out", "{file}.zip"),
    ],
    "retention show": [],
    "subject-access": ["--person", FOREIGN, "--out", "{file}.zip"],
    "withdraw": ["--person", FOREIGN],
    "erase": ["--person", FOREIGN, "--yes"],
    "report": ["--rounds", "Nowhere", "--out", "{file}.pdf"],
}


def test_a_file_is_for_who_may_take_it_and_a_report_for_who_asked(
    site: Site, both: Both, browser_of: Browser, figure: Figure
) -> None:  # trust A6
    exports = [look for look in looks(site) if look.endpoint in FILES & POLICY_OF.keys()]
    another = both.own.add_member("Another Evaluator", Role.EVALUATOR)[0]
    tried = 0
    for role, account_id in [*both.own.accounts.items(), (Role.EVALUATOR, another)]:
        client, actor = browser_of(account_id), both.own.actor(role)
        for look in exports:
            answer, _ = seen(client, look)
            owner = role in OWNERS.get(look.endpoint, Role) and (
                account_id != another or look.endpoint not in OWNERS
            )
            allowed = allows(POLICIES[POLICY_OF[look.endpoint]], actor)
            assert answer.status_code == (403 if not allowed else 200 if owner else 404), (role, look)
            tried += 1
    figure(f"{len(exports)} exports × {len(both.own.accounts) + 1} people: {tried} as their policy says")


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        for each in command.list_commands(context):
            below = command.get_command(context, each)
            assert below is not None
            yield from commands(below, f"{name} {each}".strip())
    else:
        yield name, command


def test_a_command_of_one_partnership_says_nothing_of_another(
    both: Both, database: Urls, migrator: Engine, tmp_path: Path, figure: Figure
) -> None:  # trust A2
    every = dict(commands(main, ""))
    assert {name.split()[0] for name in every} == COMMANDS.keys()
    scoped = {name for name, one in every.items() if any(p.name == "partnership" for p in one.params)}
    assert scoped == IN_A_PARTNERSHIP.keys(), "say here what the command is given"
    file = tmp_path / "file.yaml"
    file.write_text("nothing: here\n", encoding="utf-8")
    environ = {
        "LSP_DATABASE_URL": database.application,
        "LSP_MIGRATOR_DATABASE_URL": database.migrator,
        "LSP_INSTANCE": str(tmp_path / "instance"),
    }
    before = digests(migrator)
    for name, given in IN_A_PARTNERSHIP.items():
        arguments = [*name.split(), "--partnership", both.own.slug, *(one.format(file=file) for one in given)]
        said = CliRunner().invoke(main, arguments, env=environ)
        assert said.exit_code in (0, 1, 2), said.output
        assert CANARY not in said.output, name
        assert "Southbridge" not in said.output, name
        assert FOREIGN not in given or said.exit_code == 1, name
    assert digests(migrator) == before
    figure(f"{len(scoped)} of {len(every)} commands work in a partnership, 0 canaries")
