"""The gate, with the audit behind it: what is published together with everything published before.

A figure that the audit finds betrayed takes another with it, the smallest that helps, until the audit finds
nothing that this release adds.
"""

from collections.abc import Mapping, Sequence

from lsp_assess.disclosure.audit import betrayals_by, to_withhold
from lsp_assess.disclosure.complement import Rate, Relation
from lsp_assess.disclosure.differences import told_apart
from lsp_assess.disclosure.gate import NO_FINDINGS, FindingRule, Gated, pass_gate
from lsp_assess.disclosure.published import Place, Published
from lsp_assess.disclosure.rules import Figure
from lsp_assess.disclosure.tables import RawTable
from lsp_assess.kernel.errors import Invalid, problem


def protected(
    tables: Sequence[RawTable],
    *,
    release: str,
    earlier: Sequence[Published],
    relations: Sequence[Relation] = (),
    unshown: Sequence[Figure] = (),
    rates: Sequence[Rate] = (),
    findings: Mapping[str, FindingRule] = NO_FINDINGS,
) -> tuple[Gated, Published]:
    """`earlier` are all releases of the partnership, superseded ones too. Raises Invalid
    (release_betrays) where nothing of the release that could be withheld would help."""
    also: frozenset[str] = frozenset()
    while True:
        gated = pass_gate(tables, relations=relations, unshown=unshown, findings=findings, also=also)
        now = published(gated, release=release, relations=relations, unshown=unshown, rates=rates)
        more = told_apart(now, earlier) | _betrayers(now, earlier)
        if not more:
            return gated, now
        also |= more


def published(
    gated: Gated,
    *,
    release: str,
    relations: Sequence[Relation] = (),
    unshown: Sequence[Figure] = (),
    rates: Sequence[Rate] = (),
) -> Published:
    figures = {Place(one.table, one.row, one.column): one.figures for one in gated.restricted}
    return Published(release, gated.tables, figures, relations, unshown, rates)


def _betrayers(now: Published, earlier: Sequence[Published]) -> frozenset[str]:
    """One of each set of cells that hang together: what is withheld for it often helps the others."""
    together = {id(betrayal.statements[0]): betrayal for betrayal in betrayals_by(now, earlier)}
    keys = set()
    for betrayal in together.values():
        figure = to_withhold(betrayal, release=now.release)
        if figure is None:
            raise Invalid(problem("release_betrays", part=betrayal.figure))
        keys.add(figure.key)
    return frozenset(keys)
