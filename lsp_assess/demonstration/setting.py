"""What every part of the loading is given."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from lsp_assess.database.base import Base
from lsp_assess.demonstration.accounts import Keys
from lsp_assess.demonstration.chance import identity
from lsp_assess.demonstration.questionnaires import Shipped
from lsp_assess.demonstration.timetable import RoundPlan, open_round, past_rounds
from lsp_assess.instruments import Instrument


@dataclass(frozen=True, slots=True)
class Setting:
    """`now` is when the demonstration is loaded: it dates the round that is open. `base_url` is where links
    in mails lead."""

    session: Session
    now: datetime
    keys: Keys
    base_url: str
    shipped: Mapping[str, Shipped]

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def rounds(self) -> tuple[RoundPlan, ...]:
        return (*past_rounds(), self.open_round)

    @property
    def open_round(self) -> RoundPlan:
        return open_round(self.today)

    def instrument(self, name: str) -> Instrument:
        return self.shipped[name].instrument

    def hash_of(self, name: str) -> str:
        return self.shipped[name].content_hash

    def write(self, rows: Iterable[Base]) -> None:
        """All at once; rows that others refer to come first."""
        self.session.bulk_save_objects(list(rows))


def collection_id(round_number: int, instrument: str) -> UUID:
    return identity("collection", round_number, instrument)


def person_id(name: str) -> UUID:
    return identity("person", name)


def organisation_id(key: str) -> UUID:
    return identity("organisation", key)


def area_id(code: str) -> UUID:
    return identity("area", code)
