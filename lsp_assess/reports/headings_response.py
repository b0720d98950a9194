"""What heads the response rates."""

from lsp_assess.disclosure.tables import SafeTable
from lsp_assess.disclosure.values import Number
from lsp_assess.kernel.messages import Message, message


def rates_finding(table: SafeTable) -> Message | None:
    rate = table.row("rr1").cells[-1].value
    if not isinstance(rate, Number):
        return None
    return message("response.finding.rate", rate=rate.amount, round=table.heading.rounds[-1].name)
