"""What a home page says first: the next thing to do, with its date; then what else there is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from flask import current_app, url_for

LATEST = datetime.max.replace(tzinfo=UTC)


class Turn(StrEnum):
    """Whose turn it is. News is nobody's, and stands first where nothing is to be done."""

    YOURS = "yours"
    NEWS = "news"
    OTHERS = "others"
    NOBODYS = "nobodys"


@dataclass(frozen=True, slots=True)
class Thing:
    """`what` is what to do or to look at, `state` how it stands, `due` by when, `act` says what its button
    does; `is_now`, that a meeting waits for it."""

    what: str
    state: str
    turn: Turn
    href: str | None = None
    due: datetime | None = None
    act: str = ""
    is_now: bool = False


@dataclass(frozen=True, slots=True)
class Home:
    next: Thing | None
    news: Thing | None
    also: Sequence[Thing]
    waiting: Sequence[Thing]
    settled: Sequence[Thing]


def arranged(things: Iterator[Thing]) -> Home:
    """What a meeting waits for stands first, then what is due first; what has no date comes after what has
    one, as it was found."""
    found = list(things)
    yours = sorted((t for t in found if t.turn is Turn.YOURS), key=lambda t: (not t.is_now, t.due or LATEST))
    looked_at = [t for t in found if t.turn is Turn.NEWS] + [t for t in found if t.turn is Turn.NOBODYS]
    news = looked_at.pop(0) if not yours and looked_at and looked_at[0].turn is Turn.NEWS else None
    return Home(
        next=yours[0] if yours else None,
        news=news,
        also=yours[1:],
        waiting=[t for t in found if t.turn is Turn.OTHERS],
        settled=looked_at,
    )


def earliest(moments: Iterable[datetime | None]) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)


def link(endpoint: str, **values: Any) -> str | None:
    """None for a page that this installation does not have."""
    if endpoint not in current_app.view_functions:
        return None
    return url_for(endpoint, **values)
