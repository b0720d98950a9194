"""`lsp-assess questionnaires check FILE…`: every error with code, file, line and remedy."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from lsp_assess.instruments import Instrument, Issued, issued, parse
from lsp_assess.kernel.errors import Invalid, Problem
from lsp_assess.kernel.messages import message
from lsp_assess.rendering.wording import say
from lsp_assess.shipped import shipped_folder

Known = dict[tuple[str, str], Instrument]
IssuedVersions = dict[tuple[str, str], Issued]

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_ISSUED = click.Path(dir_okay=False, path_type=Path)


@click.group()
def questionnaires() -> None:
    """Check questionnaires, and record which versions have been issued."""


@questionnaires.command()
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option(
    "--issued", "ledger", type=_ISSUED, help="Issued versions; by default issued.json beside FILES."
)
def check(files: tuple[Path, ...], ledger: Path | None) -> None:
    """Report every error of FILES."""
    problems = 0
    versions = read_issued(ledger or files[0].with_name("issued.json"))
    for path, outcome in _checked(files, versions):
        if isinstance(outcome, Instrument):
            correct = message(
                "questionnaires.correct", file=str(path), name=outcome.name, version=outcome.version
            )
            click.echo(say(correct))
        else:
            problems += len(outcome)
            for each in outcome:
                click.echo(described(each))
    if problems:
        click.echo(say(message("questionnaires.wrong", n=problems)))
        raise SystemExit(1)


@questionnaires.command()
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option(
    "--issued", "ledger", type=_ISSUED, help="Issued versions; by default issued.json beside FILES."
)
def issue(files: tuple[Path, ...], ledger: Path | None) -> None:
    """Record FILES as issued: from now on a change needs a new version."""
    place = ledger or files[0].with_name("issued.json")
    versions = read_issued(place)
    for path, outcome in _checked(files, versions):
        if not isinstance(outcome, Instrument):
            raise click.ClickException("\n".join([str(path), *(described(each) for each in outcome)]))
        versions[outcome.name, outcome.version] = issued(outcome)
    written = {
        f"{name} {version}": {"content": known.content, "structure": known.structure}
        for (name, version), known in sorted(versions.items())
    }
    place.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")


def described(each: Problem) -> str:
    """file:line: code, what is wrong, and what to do about it below."""
    place = ":".join(str(part) for part in (each.place.file, each.place.line) if part is not None)
    question = f" [{each.place.question}]" if each.place.question else ""
    return f"{place}: {each.code}{question} {say(each.what)}\n    {say(each.remedy)}"


def read_issued(path: Path) -> IssuedVersions:
    """No versions where there is no such file: nothing has been issued."""
    if not path.exists():
        return {}
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        return {
            (key.split()[0], key.split()[1]): Issued(entry["content"], entry["structure"])
            for key, entry in entries.items()
        }
    except (ValueError, KeyError, IndexError, AttributeError, TypeError) as error:
        unreadable = message("questionnaires.unreadable_issued", file=str(path))
        raise click.ClickException(say(unreadable)) from error


def _checked(
    files: Sequence[Path], versions: IssuedVersions
) -> list[tuple[Path, Instrument | Sequence[Problem]]]:
    """Every file with what it holds. Local questions are read last, when what they extend is known."""
    read = {path: _parsed(path, versions, {}) for path in files}
    own = {(each.name, each.version): each for each in read.values() if isinstance(each, Instrument)}
    for path, outcome in read.items():
        if not isinstance(outcome, Instrument) and any(each.code == "Q603" for each in outcome):
            read[path] = _parsed(path, versions, _shipped() | own)
    return list(read.items())


def _shipped() -> Known:
    read = (_parsed(path, {}, {}) for path in sorted(shipped_folder("questionnaires").glob("*.yaml")))
    return {(each.name, each.version): each for each in read if isinstance(each, Instrument)}


def _parsed(
    path: Path, versions: Mapping[tuple[str, str], Issued], shipped: Known
) -> Instrument | Sequence[Problem]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.ClickException(say(message("questionnaires.not_text", file=str(path)))) from error
    try:
        return parse(text, file=str(path), issued=versions, shipped=shipped)
    except Invalid as invalid:
        return invalid.problems
