"""Addresses of every endpoint, for ids of the own partnership and of the foreign one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, url_for
from werkzeug.routing import Rule

from tests.integration.matrix.planting import Planted

UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
# Which row an argument of an address names; one that is missing here fails `test_every_argument_is_known`.
ROW_OF: Mapping[str, str] = {
    "action_id": "main.action.id",
    "agreement_id": "main.sharing_agreement.id",
    "area_id": "main.area.id",
    "challenge_id": "main.challenge.id",
    "collection_id": "main.collection.id",
    "evidence_id": "main.evidence.id",
    "finding_id": "main.finding.id",
    "hash_": "main.instrument.content_hash",
    "household_id": "main.household.id",
    "held_id": "contacts.held_file.id",
    "indicator_id": "main.indicator.id",
    "job_id": "publications.report_job.id",
    "member_id": "main.sample_member.id",
    "membership_id": "main.membership.id",
    "milestone_id": "main.milestone.id",
    "organisation_id": "main.organisation.id",
    "participant_id": "main.participant.id",
    "round_id": "main.round.id",
    "run_id": "operations.import_run.id",
    "story_id": "answers.story.id",
}
# Arguments that name no row.
PLAIN: Mapping[str, Any] = {
    "criterion": "leadership",
    "event": "close",
    "number": "1",
    "part": "shared_vision",
    "section": "wheel",
    "table_id": "level_one.criteria",
    "to": "quotation",
    "tongue": "en",
}


@dataclass(frozen=True, slots=True)
class Call:
    endpoint: str
    method: str
    path: str

    def __str__(self) -> str:
        return f"{self.method} {self.endpoint}"


def methods(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"OPTIONS", "HEAD"})


def of_partnerships(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if "partnership" in rule.arguments]


def foreign_values(rule: Rule, planted: Planted) -> dict[str, Any]:
    """Ids of the foreign partnership in every argument of the address that names a row."""
    values = {}
    for name in rule.arguments - {"partnership"}:
        if name in ROW_OF:
            table, _, column = ROW_OF[name].rpartition(".")
            values[name] = planted[table][column]
        else:
            values[name] = int(PLAIN[name]) if _is_whole(rule, name) else PLAIN[name]
    return values


def address(app: Flask, rule: Rule, values: Mapping[str, Any]) -> str:
    with app.test_request_context():
        return url_for(rule.endpoint, **values)


def calls(app: Flask, rules: list[Rule], planted: Planted, *, slug: str) -> Iterator[Call]:
    """Every method of `rules` in the partnership `slug`, with the foreign partnership's ids."""
    for rule in rules:
        values = {**foreign_values(rule, planted), "partnership": slug}
        for method in methods(rule):
            yield Call(rule.endpoint, method, address(app, rule, values))


def mixed(rule: Rule, own: Mapping[str, Any], planted: Planted) -> Iterator[dict[str, Any]]:
    """The own values with one id after the other exchanged for the foreign partnership's."""
    foreign = foreign_values(rule, planted)
    for name in sorted(rule.arguments & ROW_OF.keys()):
        yield {**own, name: foreign[name]}


def _is_whole(rule: Rule, name: str) -> bool:
    return type(rule._converters[name]).__name__ == "IntegerConverter"
