"""When things happen: three yearly rounds that are over, and one that is open on the day of loading."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

PAST_YEARS = (2024, 2025, 2026)
OPEN_ROUND = 4
PARTNERSHIP_BEGAN = date(2023, 4, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPlan:
    """Answers arrive from `opens` to `closes`; the meeting comes after, then publication."""

    number: int
    name: str
    opens: date
    closes: date
    meeting: date
    published: date

    @property
    def starts(self) -> date:
        return self.opens

    @property
    def ends(self) -> date:
        return self.published

    def at(self, day: date, hour: int = 12, minute: int = 0) -> datetime:
        return datetime.combine(day, time(hour, minute), UTC)

    @property
    def days(self) -> int:
        return (self.closes - self.opens).days


def past_rounds() -> tuple[RoundPlan, ...]:
    return tuple(
        RoundPlan(
            number=number,
            name=f"Round {number} ({year})",
            opens=date(year, 1, 15),
            closes=date(year, 4, 12),
            meeting=date(year, 5, 8),
            published=date(year, 6, 12),
        )
        for number, year in enumerate(PAST_YEARS, start=1)
    )


def open_round(today: date) -> RoundPlan:
    """Began ten days ago and has two months to go."""
    return RoundPlan(
        number=OPEN_ROUND,
        name=f"Round {OPEN_ROUND} (open now)",
        opens=today - timedelta(days=10),
        closes=today + timedelta(days=60),
        meeting=today + timedelta(days=90),
        published=today + timedelta(days=120),
    )


def turnover(round_number: int) -> date:
    """The first day of those who came new to `round_number`."""
    return date(PAST_YEARS[round_number - 1] - 1, 11, 1)
