"""Every survey figure of the demonstration's newest release, recomputed from its research file by
`lsp-assess estimate`: equal to the last digit shown."""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from lsp_assess.access.actor import SYSTEM
from lsp_assess.actions.agreements import research_agreements
from lsp_assess.actions.records import hand_over_records
from lsp_assess.actions.work import Work
from lsp_assess.cli import main
from lsp_assess.database.models.responses import Consent, Response, ResponseStatus
from lsp_assess.database.release_data import areas
from lsp_assess.database.releases import document_of, standing_releases
from lsp_assess.database.session import transaction
from lsp_assess.demonstration.progress import SCOPE
from lsp_assess.disclosure.release import ReleaseDocument
from lsp_assess.disclosure.rounding import shown
from lsp_assess.disclosure.rules import SurveyEstimate
from lsp_assess.disclosure.tables import Cell, Column, Role, Row, SafeTable, State, Unit
from lsp_assess.disclosure.values import Estimate, Number, Value, Verdict, VerdictCode
from lsp_assess.estimation.multiple import benjamini_hochberg, holm
from lsp_assess.kernel.clock import SetClock
from lsp_assess.rendering.wording import say
from tests.integration.demonstration.conftest import NOW, Demonstration
from tests.trust_run import Figure

DESIGN = ("--weights", "weight", "--strata", "stratum", "--clusters", "cluster", "--lonely", "adjust")
EVERYBODY = "all"
Told = Mapping[str, Any]


@dataclass(frozen=True)
class Question:
    """As the codebook tells it."""

    column: str
    favourable: tuple[str, ...]
    unfavourable: tuple[str, ...]

    @property
    def share(self) -> str:
        return f"{self.column}={'|'.join(self.favourable)}"

    @property
    def net(self) -> str:
        return f"{self.share}:{'|'.join(self.unfavourable)}"


@dataclass(frozen=True)
class Recomputed:
    """What the command told, by what was asked, answer, place and round."""

    estimates: Mapping[tuple[str, str | None, str, int], Told]
    changes: Mapping[tuple[str, str | None, str, int], Told]


@pytest.fixture(scope="module")
def release(demonstration: Demonstration) -> ReleaseDocument:
    with transaction(demonstration.engine, SCOPE) as session:
        return document_of(standing_releases(session)[-1])


@pytest.fixture(scope="module")
def codes(demonstration: Demonstration) -> Mapping[str, str]:
    """Of areas and groups, by the key that a release knows them by."""
    with transaction(demonstration.engine, SCOPE) as session:
        return {str(area.id): area.code for area in areas(session)}


@pytest.fixture(scope="module")
def folder(demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("research")
    with transaction(demonstration.engine, SCOPE) as session:
        work, out = Work(session=session, actor=SYSTEM, clock=SetClock(NOW)), io.BytesIO()
        agreement = research_agreements(work)[0]
        assert hand_over_records(work, agreement_id=agreement.id, rounds=None, say=say, out=out) == 3600
    ZipFile(out).extractall(place)
    return place


def test_who_did_not_agree_to_linking_bears_another_name_in_each_round(
    demonstration: Demonstration, folder: Path
) -> None:
    with transaction(demonstration.engine, SCOPE) as session:
        rows = session.execute(
            select(Response.respondent_key_id, Response.collection_id, Consent.given)
            .join(Consent, (Consent.response_id == Response.id) & (Consent.kind == "linking"), isouter=True)
            .where(Response.sample_member_id.is_not(None), Response.status == ResponseStatus.SUBMITTED)
        ).all()
    agreed = {key for key, _, given in rows if given}
    apart = [(key, collection) for key, collection, given in rows if not given]
    with (folder / "records.csv").open(encoding="utf-8-sig", newline="") as file:
        people = {row["person"] for row in csv.DictReader(file)}
    assert apart
    assert len(people) == len(agreed) + len(apart)
    assert len(people) < 3600


@pytest.fixture(scope="module")
def questions(folder: Path) -> Mapping[str, Question]:
    counted: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    with (folder / "codebook.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            counted[row["column"]][row["counts"]].append(row["code"])
    return {
        column: Question(column, tuple(codes["favourable"]), tuple(codes["unfavourable"]))
        for column, codes in counted.items()
    }


@pytest.fixture(scope="module")
def recomputed(folder: Path, release: ReleaseDocument, questions: Mapping[str, Question]) -> Recomputed:
    """Three calls of the command: everybody, by area, by group of areas."""
    asked: list[str] = []
    for table, row in told_by_question(release):
        asked += followed(table, questions[column_of(row.key)])
    for table in answer_tables(release):
        question = questions[subject(table)]
        asked += ["--share", question.column]
        asked += ["--net", question.net] if question.unfavourable else []
    estimates, changes = {}, {}
    calls = [(EVERYBODY, asked)]
    for place in ("area", "group"):
        of_places = [t for t in surveys(release) if t.id.startswith(f"level_two.residents.{place}s.")]
        calls.append((place, [w for t in of_places for w in followed(t, questions[subject(t)])]))
    for place, options in calls:
        document = estimated(folder, *options, *(() if place == EVERYBODY else ("--by", place)))
        for one in document["estimates"]:
            where = one["domain"].get(place, EVERYBODY)
            estimates[one["item"], one["category"], where, one["domain"]["round"]] = one
        for one in document["changes"]:
            where = one["domain"].get(place, EVERYBODY)
            changes[one["item"], one["category"], where, one["earlier"]] = one
    return Recomputed(estimates, changes)


def estimated(folder: Path, *options: str) -> dict[str, Any]:
    chosen = [*DESIGN, "--change", "round", *options, "--format", "json"]
    done = CliRunner().invoke(main, ["estimate", str(folder / "records.csv"), *chosen])
    assert done.exit_code == 0, done.output
    document: dict[str, Any] = json.loads(done.output)
    return document


def surveys(release: ReleaseDocument) -> list[SafeTable]:
    return [table for table in release.tables if table.id.startswith("level_two.residents.")]


def told_by_question(release: ReleaseDocument) -> Iterator[tuple[SafeTable, Row]]:
    """The same questions stand in the tables of each earlier round."""
    seen = set()
    for table in surveys(release):
        if kind_of(table) in ("change", "explored"):
            for row in table.rows:
                if row.key not in seen:
                    seen.add(row.key)
                    yield table, row


def answer_tables(release: ReleaseDocument) -> list[SafeTable]:
    return [table for table in surveys(release) if kind_of(table) == "answers"]


def kind_of(table: SafeTable) -> str:
    return table.id.split(".")[2]


def subject(table: SafeTable) -> str:
    """The question or the kind of number; a question of a grid has a point in its name."""
    return table.id.split(".", 3)[3]


def column_of(key: str) -> str:
    """A release knows one of several choices as `question=choice`."""
    return key.replace("=", ".")


def is_share(table: SafeTable) -> bool:
    return any(column.role is Role.VALUE and column.unit is Unit.PERCENT for column in table.columns)


def followed(table: SafeTable, question: Question) -> list[str]:
    return ["--share", question.share] if is_share(table) else ["--mean", question.column]


@dataclass(frozen=True)
class Checker:
    release: ReleaseDocument
    codes: Mapping[str, str]
    questions: Mapping[str, Question]
    recomputed: Recomputed

    def number(self, round_key: str) -> int:
        return next(one.ordinal for one in self.release.rounds if one.key == round_key)

    def cells(self) -> Iterator[tuple[str, Cell, Value]]:
        """Where, what is shown there, and what was recomputed, rounded as the release rounds."""
        for table in surveys(self.release):
            kind = kind_of(table)
            for row in table.rows:
                for column, cell in zip(table.columns, row.cells, strict=True):
                    if cell.state not in (State.SHOWN, State.ZERO) or column.role is Role.LABEL:
                        continue
                    again = (
                        self.answer(table, row, column) if kind == "answers" else self.of(table, row, column)
                    )
                    if again is not None:
                        yield f"{table.id} / {row.key} / {column.key}", cell, again

    def answer(self, table: SafeTable, row: Row, column: Column) -> Value:
        question, number = self.questions[subject(table)], self.number(row.key)
        told = self.recomputed.estimates
        kind, _, code = column.key.partition(":")
        if kind == "answer":
            code = code.removeprefix("missing:")
            share = told.get((question.column, code, EVERYBODY, number))
            return rounded(Number(0.0 if share is None else 100 * share["value"]), column, 1000)
        if kind == "balance":
            return rounded(Number(100 * told[question.net, None, EVERYBODY, number]["value"]), column, 1000)
        of_answers = (one for key, one in told.items() if key[0] == question.column and key[3] == number)
        n = next(of_answers)["n"]
        return rounded(Number(n), column, n)

    def of(self, table: SafeTable, row: Row, column: Column) -> Value | None:
        by_place = kind_of(table) in ("areas", "groups")
        question = self.questions[column_of(subject(table) if by_place else row.key)]
        where = self.codes.get(row.key, EVERYBODY) if by_place else EVERYBODY
        share = is_share(table)
        item, times = (question.share, 100.0) if share else (question.column, 1.0)
        kind, _, round_key = column.key.partition(":")
        number, last = self.number(round_key), self.release.rounds[-1].ordinal
        then = self.recomputed.estimates.get((item, None, where, number))
        now = self.recomputed.estimates[item, None, where, last]
        assert then is not None
        if kind == "base":
            return rounded(Number(then["n"]), column, then["n"])
        if kind == "value":
            return rounded(estimate(then, times, sizes=True), column, then["n"])
        change, n = self.recomputed.changes[item, None, where, number], min(then["n"], now["n"])
        match kind:
            case "change":
                return rounded(estimate(change, times, sizes=False), column, n)
            case "p":
                return rounded(Number(change["p"]), column, n)
            case "p_adjusted":
                return rounded(Number(self.adjusted(table, number)[row.key]), column, n)
            case "verdict":
                return rounded(Verdict(VerdictCode.INCONCLUSIVE, 2.8 * change["se"] * times), column, n)
        assert kind == "delta", kind  # declared, not estimated
        return None

    def adjusted(self, table: SafeTable, number: int) -> dict[str, float | None]:
        """By Holm over the headline questions, by Benjamini and Hochberg over the others."""
        standing = kind_of(table)
        family = [(t, row) for t, row in told_by_question(self.release) if kind_of(t) == standing]
        p = [self.change_of(t, row, number)["p"] for t, row in family]
        corrected = (holm if standing == "change" else benjamini_hochberg)(p)
        return dict(zip((row.key for _, row in family), corrected, strict=True))

    def change_of(self, table: SafeTable, row: Row, number: int) -> Told:
        question = self.questions[column_of(row.key)]
        item = question.share if is_share(table) else question.column
        return self.recomputed.changes[item, None, EVERYBODY, number]


def estimate(told: Told, times: float, *, sizes: bool) -> Estimate:
    return Estimate(
        amount=told["value"] * times,
        low=told["lower"] * times,
        high=told["upper"] * times,
        standard_error=told["se"] * times,
        n=told["n"] if sizes else None,
        effective_n=told["effective_n"] if sizes else None,
    )


def rounded(value: Value, column: Column, n: int) -> Value:
    return shown(value, column, (SurveyEstimate(n, float(n)),))


def without_doubts(value: Value | None) -> Value | None:
    """What has to be equal: doubts are words."""
    if isinstance(value, Estimate):
        return replace(value, cautions=())
    if isinstance(value, Verdict):
        return replace(value, code=VerdictCode.INCONCLUSIVE)
    return value


def test_every_survey_figure_of_the_release_is_recomputed_from_the_research_file(
    release: ReleaseDocument,
    codes: Mapping[str, str],
    questions: Mapping[str, Question],
    recomputed: Recomputed,
    figure: Figure,
) -> None:
    checker = Checker(release, codes, questions, recomputed)
    kinds: dict[str, int] = defaultdict(int)
    for where, cell, again in checker.cells():
        told = cell.value
        if isinstance(told, Verdict) and told.detectable is None:
            continue
        assert without_doubts(told) == without_doubts(again), where
        kinds[type(told).__name__] += 1
    assert len(surveys(release)) > 50
    assert kinds["Estimate"] > 300
    assert kinds["Number"] > 700
    figure(f"{sum(kinds.values())} survey figures of a release recomputed from its research file, all equal")
