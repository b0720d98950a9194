"""`lsp-assess subject-access|withdraw|erase`: requests of people, done by whoever holds the machine. What a
partner answered is written to no file here: partners take theirs away themselves."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from sqlalchemy import select

from lsp_assess.actions import personal_data as actions
from lsp_assess.actions.work import Work
from lsp_assess.cli.partnership import working_in
from lsp_assess.cli.problems import said_problem
from lsp_assess.database.models.residents import PersonContact
from lsp_assess.exchange.subject_files import subject_zip
from lsp_assess.kernel.errors import DomainError
from lsp_assess.partnerships.addresses import one_address


def _about(command: Callable[..., None]) -> Callable[..., None]:
    decorators: tuple[Callable[[Any], Any], ...] = (
        click.option("--household", help="The number on its letter and form."),
        click.option("--person", help="The e-mail address of somebody of the partnership."),
        click.option("--partnership", required=True, help="The partnership's short name."),
    )
    for decorate in decorators:
        command = decorate(command)
    return command


@click.command("subject-access")
@_about
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The zip to write.")
def subject_access(partnership: str, person: str | None, household: str | None, out: Path | None) -> None:
    """Write what is held about a household, or count what is held about a person."""
    _one_of(person, household)
    with _refusals_said(), working_in(partnership) as work:
        if person is not None:
            for kind, n in actions.held_about(work, _person(work, person)).kinds.items():
                click.echo(f"{kind}  {n}")
            click.echo("The file itself the person takes away, under “Your account”.")
            return
        if out is None:
            raise click.ClickException("Say with --out where to write the file.")
        found = actions.everything_about_household(work, actions.household_numbered(work, household or ""))
        heading = f"What {partnership} holds about household {household}"
        out.write_bytes(subject_zip(found.as_rows(), heading=heading, made_at=work.now))
        out.chmod(0o600)
        work.session.commit()
    click.echo(f"{out} ({sum(found.counts.values())} records)")


@click.command()
@_about
@click.option("--round", "round_number", type=int, help="Only the answers of this round.")
def withdraw(partnership: str, person: str | None, household: str | None, round_number: int | None) -> None:
    """Take somebody's answers out, stories from old releases too."""
    _one_of(person, household)
    with _refusals_said(), working_in(partnership) as work:
        if household is not None:
            gone = actions.withdraw_answers_of_household(work, actions.household_numbered(work, household))
        else:
            person_id = _person(work, person or "")
            gone = sum(
                actions.withdraw_answers_of(work, person_id, collection_id=one.collection.id)
                for one in actions.held_about(work, person_id).answered
                if round_number in (None, one.round.number)
            )
        work.session.commit()
    click.echo(f"Responses taken out: {gone}")


@click.command()
@_about
@click.option("--yes", is_flag=True, help="Do not ask first.")
def erase(partnership: str, person: str | None, household: str | None, yes: bool) -> None:
    """Erase a person or a household: everything but releases and the audit log."""
    _one_of(person, household)
    with _refusals_said(), working_in(partnership) as work:
        if not yes:
            click.confirm(f"Erase {person or household}? It cannot be undone.", abort=True)
        if household is not None:
            gone = actions.erase_household(work, actions.household_numbered(work, household))
        else:
            gone = actions.erase_person(work, _person(work, person or ""))
        work.session.commit()
    for table, n in sorted(gone.items()):
        click.echo(f"{table}  {n}")
    click.echo(f"Records erased: {sum(gone.values())}")


def _one_of(person: str | None, household: str | None) -> None:
    if (person is None) == (household is None):
        raise click.ClickException("Name either --person or --household.")


def _person(work: Work, email: str) -> UUID:
    known = select(PersonContact.id).where(PersonContact.email == one_address(email))
    found = work.session.execute(known).scalar_one_or_none()
    if found is None:
        raise click.ClickException(f"Nobody of the partnership has the address {email}.")
    return found


@contextmanager
def _refusals_said() -> Iterator[None]:
    try:
        yield
    except DomainError as refused:
        for one in refused.problems:
            click.echo(said_problem(one), err=True)
        raise click.exceptions.Exit(1) from refused
