"""`make trust`: the tests that cite a check of the trust specification, at full scale, as one table.

In every run: a test says what it counted by `figure`, and how often it tries by `times`."""

import os
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.trust_checks import checks, cited_by_tests

FULL = os.environ.get("LSP_TRUST") == "full"
Figure = Callable[[str], None]
Times = Callable[..., int]


@dataclass
class Shown:
    """What the run showed of one check."""

    outcomes: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    seconds: float = 0.0
    figures: list[str] = field(default_factory=list)

    def counted(self) -> str:
        return ", ".join(f"{n} {outcome}" for outcome, n in sorted(self.outcomes.items())) or "no test"


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Figure:
    """Say what this test counted or measured: `figure("acknowledged 12, stored 12, lost 0, doubled 0")`."""

    def say(text: str) -> None:
        request.node.user_properties.append(("figure", text))

    return say


@pytest.fixture(scope="session")
def times() -> Times:
    """How often something is tried: `times(few=…)` in every run, `times(full=…)` in `make trust`."""

    def chosen(*, few: int, full: int) -> int:
        return full if FULL else few

    return chosen


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--trust", metavar="FILE", help="run what cites a check of trust; the table goes to FILE"
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "trust(*checks): cites checks of the trust specification")
    config.addinivalue_line("markers", "long: for `make trust` alone, which has the time")


def checks_of(item: pytest.Item) -> list[str]:
    by_comment = cited_by_tests(item.path).get(getattr(item, "originalname", None) or item.name, ())
    by_marker = (check for marker in item.iter_markers("trust") for check in marker.args)
    return list(dict.fromkeys([*by_comment, *by_marker]))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        item.user_properties.extend(("trust", check) for check in checks_of(item))
    kept = [item for item in items if _is_wanted(item, trust=bool(config.getoption("--trust")))]
    if len(kept) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept


def _is_wanted(item: pytest.Item, *, trust: bool) -> bool:
    cites = any(name == "trust" for name, _ in item.user_properties)
    return (cites or not trust) and (FULL or item.get_closest_marker("long") is None)


def shown_by(reporter: pytest.TerminalReporter) -> dict[str, Shown]:
    found: dict[str, Shown] = defaultdict(Shown)
    for outcome in ("passed", "failed", "error", "skipped", "xfailed", "xpassed"):
        for report in reporter.stats.get(outcome, ()):
            for check in (value for name, value in _said(report) if name == "trust"):
                found[check].outcomes[outcome] += 1
                found[check].seconds += report.duration
                found[check].figures += [v for name, v in _said(report) if name == "figure"]
    return found


def _said(report: pytest.TestReport | pytest.CollectReport) -> list[tuple[str, object]]:
    """Nothing by a file that could not be collected."""
    return getattr(report, "user_properties", [])


def as_table(found: dict[str, Shown], *, took: float) -> str:
    lines = [
        "# The last run of `make trust`",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {took / 60:.0f} minutes. "
        "Written by the run; [trust.md](trust.md) says what each check promises and lacks.",
        "",
        "| check | promise | tests | seconds | figures |",
        "|---|---|---|---|---|",
    ]
    for check in checks().values():
        shown = found.get(check.name, Shown())
        figures = "; ".join(dict.fromkeys(shown.figures))
        cells = check.name, check.promise, shown.counted(), f"{shown.seconds:.0f}", figures
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    found = shown_by(terminalreporter)
    if config.getoption("--trust"):
        took = datetime.now(UTC).timestamp() - terminalreporter._session_start.time
        table = as_table(found, took=took)
        Path(config.getoption("--trust")).write_text(table, encoding="utf-8")
        terminalreporter.write(table)
        return
    for check, shown in sorted(found.items()):
        for text in dict.fromkeys(shown.figures):
            terminalreporter.write_line(f"trust {check}: {text}")
