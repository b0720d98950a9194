"""The five findings of page two: a sentence, a number with its interval, a verdict, where to read on."""

from dataclasses import dataclass

from lsp_assess.disclosure.values import Estimate, Number
from lsp_assess.kernel.messages import message
from lsp_assess.rendering.wording import say
from lsp_assess.reports.charts.words import verdict
from lsp_assess.reports.model import Finding


@dataclass(frozen=True, slots=True)
class ShownFinding:
    sentence: str
    number: str
    interval: str
    verdict: str
    detectable: str
    target: str


def show_finding(finding: Finding, language: str) -> ShownFinding:
    found, judged = finding.figure, finding.verdict
    least = None if judged is None else judged.detectable
    return ShownFinding(
        sentence=say(finding.sentence, language),
        number=""
        if found is None
        else _number(found.amount, is_change=judged is not None, language=language),
        interval=_interval(found, is_change=judged is not None, language=language),
        verdict="" if judged is None else say(verdict(judged), language),
        detectable="" if least is None else say(message("shown.verdict.detectable", points=least), language),
        target=finding.target,
    )


def _number(amount: float, *, is_change: bool, language: str) -> str:
    """A change carries its sign. The gate has rounded; what it left is what is shown."""
    places = "" if amount == round(amount) else "_tenth"
    if is_change:
        return say(message(f"shown.signed{places}", x=amount), language)
    return say(message("shown.tenth" if places else "shown.whole", x=amount), language)


def _interval(found: Estimate | Number | None, *, is_change: bool, language: str) -> str:
    if not isinstance(found, Estimate) or found.low is None or found.high is None:
        return ""
    low = _number(found.low, is_change=is_change, language=language)
    high = _number(found.high, is_change=is_change, language=language)
    return say(message("shown.range", low=low, high=high), language)
