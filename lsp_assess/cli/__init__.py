"""`lsp-assess`: each command is imported when it is called, so that `--help` and a restart stay quick."""

from collections.abc import Callable
from importlib import import_module

import click

# name: (where it is, what `--help` says of it)
COMMANDS = {
    "demo": ("lsp_assess.cli.demo:demo", "Load the demonstration partnership and serve it."),
    "serve": ("lsp_assess.cli.serve:serve", "Serve the site, with database and worker."),
    "worker": ("lsp_assess.jobs.command:worker", "Do the long work that pages have asked for."),
    "migrate": ("lsp_assess.cli.migrate:migrate", "Bring the database to this version."),
    "import": ("lsp_assess.cli.imports:imports", "Read indicators or responses from a file."),
    "questionnaires": ("lsp_assess.cli.questionnaires:questionnaires", "Check questionnaires."),
    "report": ("lsp_assess.cli.report:report", "Write the comparative report of chosen rounds."),
    "records": ("lsp_assess.cli.records:records", "Write the research file of a survey, record by record."),
    "estimate": ("lsp_assess.cli.estimate:estimate", "Estimate figures of a survey from a file."),
    "audit": ("lsp_assess.cli.audit:audit", "Seal the audit log, and verify it."),
    "backup": ("lsp_assess.cli.backup:backup", "Write a backup of the whole site while it runs."),
    "restore": ("lsp_assess.cli.restore:restore", "Put a backup back, and verify it."),
    "remind": ("lsp_assess.cli.reminders:remind", "Write to the owners of actions that are due."),
    "retention": ("lsp_assess.cli.retention:retention", "Delete what has outlived its period."),
    "subject-access": (
        "lsp_assess.cli.personal_data:subject_access",
        "Write what is held about a household, or count what is held about a person.",
    ),
    "withdraw": ("lsp_assess.cli.personal_data:withdraw", "Take somebody's answers out."),
    "erase": ("lsp_assess.cli.personal_data:erase", "Erase a person or a household."),
    "administrator": (
        "lsp_assess.cli.administrator:administrator",
        "Say who may make partnerships.",
    ),
    "reset-second-factor": ("lsp_assess.cli.second_factor:reset", "Take a lost authenticator app away."),
}


class LazyCommands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  the signature is click's
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, _, function = COMMANDS[cmd_name][0].partition(":")
        command: Callable[[], click.Command] | click.Command = getattr(import_module(module), function)
        assert isinstance(command, click.Command)  # noqa: S101  the table above is ours
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, said) for name, (_, said) in COMMANDS.items()])


@click.group(cls=LazyCommands)
@click.version_option(package_name="lsp_assess")
def main() -> None:
    """Assess a partnership, survey its residents, and compare round with round."""
