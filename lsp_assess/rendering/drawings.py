"""The charts of a report as files beside its text: the printer reads them much faster than within it."""

from collections.abc import Mapping
from hashlib import sha256

from lsp_assess.disclosure.tables import SafeTable
from lsp_assess.rendering.charts import chart_svgs


def drawings_of(table: SafeTable, language: str) -> Mapping[str, str]:
    """By the names under which the text asks for them; an id may hold what an address may not."""
    name = sha256(table.id.encode()).hexdigest()[:16]
    return {f"{name}-{place}.svg": svg for place, svg in enumerate(chart_svgs(table, language))}
