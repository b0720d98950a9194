"""Every row about one person or one household, found by following the keys: a table that is added later is
followed too. A row is somebody's *own*, or only *names* them (who keyed a form, who visited)."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, String, Table, cast, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from lsp_assess.database import models  # noqa: F401  fills the metadata
from lsp_assess.database.base import Base
from lsp_assess.database.models.access import Account
from lsp_assess.database.models.operations import Mail
from lsp_assess.database.models.outcomes import ObjectiveLink
from lsp_assess.database.models.partnerships import Person
from lsp_assess.database.models.publications import ReleasedText
from lsp_assess.database.models.residents import Household
from lsp_assess.database.models.responses import KeptBody, Participant, Response
from lsp_assess.database.session import SET_SCOPE, scope_of

Key = tuple[str, str]
"""Table and column."""

NAMES_ONLY: frozenset[Key] = frozenset(
    {
        ("response", "entered_by"),
        ("story", "collector_id"),
        ("sample_member", "researcher_id"),
        ("visit", "researcher_id"),
        ("indicator", "project_manager_id"),
        ("indicator", "information_manager_id"),
    }
)
BY_ACCOUNT: tuple[str, ...] = ("account_id", "published_by")
THEIR_OWN_BY_ACCOUNT = frozenset({"receipt", "kept_body", "held_file", "report_job"})
VOTES_ON_THEIR_STORY: Key = ("story_grade", "story_id")
"""About whoever voted: they go with the story, and its teller does not see them."""


@dataclass
class Found:
    """`own` by table and id; with `names`, `named` are the ids of rows of others, by table and column."""

    names: bool = True
    own: dict[Table, dict[Any, RowMapping]] = field(default_factory=dict)
    named: dict[tuple[Table, str], list[Any]] = field(default_factory=dict)

    def ids(self, name: str) -> list[UUID]:
        return [id_ for table, rows in self.own.items() if table.fullname == name for id_ in rows]

    def as_rows(self) -> dict[str, list[dict[str, Any]]]:
        """One's own rows whole; of others' rows that name one, only where."""
        rows = {table.fullname: [dict(row) for row in held.values()] for table, held in self.own.items()}
        for (table, column), ids in self.named.items():
            rows[f"{table.fullname} (as {column})"] = [{"id": id_} for id_ in ids]
        return rows

    @property
    def counts(self) -> dict[str, int]:
        return {table.fullname: len(rows) for table, rows in self.own.items() if rows}


def about_person(session: Session, person: Person, *, but: Collection[Key] = (), names: bool = True) -> Found:
    """`but` are references that are not followed; `names`, whether rows of others that name one are found."""
    found = Found(names=names)
    _follow(session, found, _table(Person), Person.id == person.id, but)
    asked = found.ids("main.participant")
    _follow(session, found, _table(Response), _answered_as(asked), but)
    _by_account(session, found, person.account_id)
    _loose(session, found, but)
    addresses = [
        row["email"] for row in found.own.get(Base.metadata.tables["contacts.person_contact"], {}).values()
    ]
    _follow(session, found, _table(Mail), Mail.to_address.in_(addresses), but)
    _name(session, found, _table(ObjectiveLink), "asserted_by", ObjectiveLink.asserted_by == person.name)
    return found


def about_household(session: Session, household_id: UUID) -> Found:
    found = Found()
    _follow(session, found, _table(Household), Household.id == household_id, ())
    _loose(session, found, ())
    return found


def about_responses(session: Session, response_ids: Collection[UUID]) -> Found:
    """With their consents, stories, votes and second records."""
    found = Found()
    _follow(session, found, _table(Response), Response.id.in_(response_ids), ())
    _loose(session, found, ())
    return found


def account_elsewhere(session: Session, account_id: UUID) -> bool:
    """Whether the account is somebody in another partnership, too. The walls are asked as the account."""
    scope = scope_of(session)
    here = str(scope.partnership_id or "")
    session.execute(SET_SCOPE, {"partnership": "", "account": str(account_id)})
    places = session.execute(
        select(func.count()).where(
            Person.account_id == account_id, Person.partnership_id != scope.partnership_id
        )
    ).scalar_one()
    session.execute(SET_SCOPE, {"partnership": here, "account": str(scope.account_id or "")})
    return places > 0


def _follow(
    session: Session, found: Found, table: Table, which: ColumnElement[bool], but: Collection[Key]
) -> None:
    todo = [(table, _new(session, found, table, which))]
    while todo:
        table, rows = todo.pop()
        if not rows:
            continue
        for other, column, target in _referring(table):
            refers = other.c[column].in_([row[target] for row in rows])
            if (other.name, column) in NAMES_ONLY:
                _name(session, found, other, column, refers)
            elif (other.name, column) not in but:
                todo.append((other, _new(session, found, other, refers)))


def _name(session: Session, found: Found, table: Table, column: str, which: ColumnElement[bool]) -> None:
    if found.names:
        ids = session.execute(select(table.c.id).where(which)).scalars()
        found.named.setdefault((table, column), []).extend(ids)


def _new(session: Session, found: Found, table: Table, which: ColumnElement[bool]) -> list[RowMapping]:
    held = found.own.setdefault(table, {})
    rows = session.execute(select(table).where(which)).mappings().all()
    key = next(column.name for column in table.primary_key if column.name != "partnership_id")
    fresh = [row for row in rows if row[key] not in held]
    held.update({row[key]: row for row in fresh})
    return fresh


def _referring(table: Table) -> Iterator[tuple[Table, str, str]]:
    """Tables with a key to this one: which, by what column, to which of ours."""
    for other in Base.metadata.sorted_tables:
        for key in other.foreign_key_constraints:
            if key.referred_table is table:
                column = next(one for one in key.elements if one.parent.name != "partnership_id")
                yield other, column.parent.name, column.column.name


def _answered_as(participants: list[UUID]) -> ColumnElement[bool]:
    """Where answers belong to a seat: those given while this person alone was asked in the seat."""
    mine, another = Participant, _table(Participant).alias()
    alone = ~(
        select(another.c.id)
        .where(
            another.c.collection_id == mine.collection_id,
            another.c.respondent_key_id == mine.respondent_key_id,
            another.c.id != mine.id,
        )
        .exists()
    )
    return (
        select(mine.id)
        .where(
            mine.id.in_(participants),
            mine.collection_id == Response.collection_id,
            mine.respondent_key_id == Response.respondent_key_id,
            alone,
        )
        .exists()
    )


def _by_account(session: Session, found: Found, account_id: UUID | None) -> None:
    if account_id is None:
        return
    naming = []
    for table in Base.metadata.sorted_tables:
        if table is _table(Person):
            continue
        for name in (one for one in BY_ACCOUNT if one in table.c):
            if table.name in THEIR_OWN_BY_ACCOUNT or table.schema == "access":
                _new(session, found, table, table.c[name] == account_id)
            else:
                naming.append((table, name))
    if found.names:
        _name_all(session, found, naming, account_id)
    _new(session, found, _table(Account), Account.id == account_id)


def _name_all(session: Session, found: Found, naming: list[tuple[Table, str]], account_id: UUID) -> None:
    """In one question, however many tables there are."""
    asked = [
        select(literal(place), cast(table.c.id, String)).where(table.c[name] == account_id)
        for place, (table, name) in enumerate(naming)
    ]
    for place, id_ in session.execute(union_all(*asked)):
        table, _ = naming[place]
        found.named.setdefault(naming[place], []).append(table.c.id.type.python_type(id_))


def _loose(session: Session, found: Found, but: Collection[Key]) -> None:
    """What no key leads to: released words of a story, and bodies kept that speak of a response."""
    stories = found.ids("answers.response")
    _follow(session, found, _table(ReleasedText), ReleasedText.story_id.in_(stories), but)
    spoken_of = [*stories, *found.ids("main.sample_member")]
    if spoken_of:
        body = cast(KeptBody.body, String)
        _follow(session, found, _table(KeptBody), or_(*(body.contains(str(id_)) for id_ in spoken_of)), but)


def _table(kind: type[Base]) -> Table:
    table = kind.__table__
    assert isinstance(table, Table)  # noqa: S101  every model of ours has one
    return table


def categories(counts: Mapping[str, int]) -> dict[str, int]:
    """By the retention class of the table: what kinds of records, without a word of what stands in them."""
    totals: dict[str, int] = {}
    for name, n in counts.items():
        kept = Base.metadata.tables[name].info["retention"].value
        totals[kept] = totals.get(kept, 0) + n
    return totals
