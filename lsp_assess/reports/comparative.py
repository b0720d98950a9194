"""The comparative report (`domain.md` §8): from releases, and from nothing else.

The release of the last round carries its change against every earlier published round, so that its tables,
narrowed to the rounds chosen, are the report; the other releases are named and vouched for.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from lsp_assess.disclosure.narrowing import only_rounds
from lsp_assess.disclosure.release import ReleaseDocument, StoryText, check_story
from lsp_assess.disclosure.tables import SafeTable
from lsp_assess.kernel.errors import Invalid, problem
from lsp_assess.kernel.messages import Message, message
from lsp_assess.reports.headings import PAIRWISE, finding_rule
from lsp_assess.reports.model import Cover, Report
from lsp_assess.reports.sections import CHALLENGE, LAST_ACTIONS, Material, sections


def comparative_report(releases: Sequence[ReleaseDocument], *, stories: Mapping[UUID, StoryText]) -> Report:
    """`stories` are the texts that may still be told; one that the release names and that is not there
    was withdrawn. One release makes a report of one round.

    Raises Invalid: no release, releases of several partnerships, of one round twice, of rounds that the
    last was not compared with, or a text that is not the one released."""
    ordered = tuple(sorted(releases, key=lambda release: release.round.ordinal))
    _check(ordered)
    last = ordered[-1]
    for story in stories.values():
        check_story(story, last)
    rounds = {release.round.key for release in ordered}
    tables = tuple(table for raw in last.tables if (table := _narrowed(raw, rounds)) is not None)
    material = Material(releases=ordered, tables=tables, stories=stories)
    return Report(
        cover=_cover(ordered),
        sections=sections(material),
        release_hashes=tuple(release.sha256 for release in ordered),
        cite=citation(last),
    )


def _check(releases: Sequence[ReleaseDocument]) -> None:
    if not releases:
        raise Invalid(problem("report_without_release"))
    if len({release.partnership_key for release in releases}) > 1:
        raise Invalid(problem("report_of_two_partnerships"))
    keys = [release.round.key for release in releases]
    if len(set(keys)) < len(keys):
        raise Invalid(problem("report_round_twice"))
    compared = {round_.key for round_ in releases[-1].rounds}
    for release in releases:
        if release.round.key not in compared:
            raise Invalid(problem("report_round_not_compared", round=release.round.ordinal))


def _narrowed(table: SafeTable, rounds: set[str]) -> SafeTable | None:
    """What became of the actions of a round and of its questions stays, also where the report leaves that
    round out."""
    if table.id.startswith((LAST_ACTIONS, CHALLENGE)):
        return table
    if table.id.startswith(PAIRWISE) and any(label.key not in rounds for label in table.heading.rounds):
        return None
    return only_rounds(table, rounds, finding=finding_rule(table.id))


def _cover(releases: Sequence[ReleaseDocument]) -> Cover:
    last = releases[-1]
    several = len(releases) > 1
    return Cover(
        title=message("reports.title.comparative" if several else "reports.title.one_round"),
        partnership=last.partnership,
        rounds=tuple(release.round.name for release in releases),
        published=tuple(release.published for release in releases),
        mark=last.mark,
    )


def citation(last: ReleaseDocument) -> Message:
    return message(
        "reports.cite",
        partnership=last.partnership,
        number=str(last.number),
        published=last.published,
        hash=last.sha256[:8],
    )
