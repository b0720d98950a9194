"""`lsp-assess import indicators|responses`: the account of every row, or every error and nothing written."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from lsp_assess.actions.importing import Upload
from lsp_assess.actions.indicator_imports import import_indicators, preview_indicators
from lsp_assess.actions.response_imports import import_responses, preview_responses
from lsp_assess.cli.accounts import account_of_indicators, account_of_responses
from lsp_assess.cli.partnership import working_in
from lsp_assess.cli.problems import said_problem
from lsp_assess.exchange.mapping_files import read_response_mapping
from lsp_assess.kernel.errors import DomainError
from lsp_assess.kernel.messages import message
from lsp_assess.rendering.wording import say

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("import")
def imports() -> None:
    """Read indicators or responses from a file."""


def _file_options(command: Callable[..., None]) -> Callable[..., None]:
    decorators: tuple[Callable[[Any], Any], ...] = (
        click.option("--dry-run", is_flag=True, help="Say what would happen, and write nothing."),
        click.option("--mapping", required=True, type=FILE, help="The YAML file that describes FILE."),
        click.option("--partnership", required=True, help="The partnership's short name."),
        click.argument("file", type=FILE),
    )
    for decorate in decorators:
        command = decorate(command)
    return command


@imports.command("indicators")
@_file_options
def indicators(file: Path, partnership: str, mapping: Path, dry_run: bool) -> None:
    """Take in measurements of outcome indicators. A second run changes nothing."""
    take = preview_indicators if dry_run else import_indicators
    with _errors_listed(), working_in(partnership) as work:
        found = take(work, file=_upload(file), mapping=_upload(mapping))
        work.session.commit()
    _print(account_of_indicators(found), dry_run=dry_run)


@imports.command("responses")
@_file_options
@click.option("--questionnaire", type=FILE, help="Where it is not the one beside the mapping.")
def responses(file: Path, partnership: str, mapping: Path, dry_run: bool, questionnaire: Path | None) -> None:
    """Take in the answers of a survey, round by round. A second run changes nothing."""
    take = preview_responses if dry_run else import_responses
    with _errors_listed(), working_in(partnership) as work:
        sent = _upload(mapping)
        beside = questionnaire or _questionnaire_of(sent, mapping)
        asked = _upload(beside) if beside is not None else None
        found = take(work, file=_upload(file), mapping=sent, questionnaire=asked)
        work.session.commit()
    _print(account_of_responses(found), dry_run=dry_run)


def _questionnaire_of(sent: Upload, mapping: Path) -> Path | None:
    """The file beside the mapping that bears the questionnaire's name."""
    beside = mapping.parent / f"{read_response_mapping(sent.text(), file=sent.name).questionnaire}.yaml"
    return beside if beside.is_file() else None


def _upload(path: Path) -> Upload:
    return Upload(path.name, path.read_bytes())


@contextmanager
def _errors_listed() -> Iterator[None]:
    try:
        yield
    except DomainError as error:
        for one in error.problems:
            click.echo(said_problem(one), err=True)
        click.echo(say(message("import.nothing_written", n=len(error.problems))), err=True)
        raise click.exceptions.Exit(1) from error


def _print(lines: list[str], *, dry_run: bool) -> None:
    for line in lines:
        click.echo(line)
    if dry_run:
        click.echo(say(message("import.dry_run")))
