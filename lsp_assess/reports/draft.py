"""What a builder of tables hands over to the gate."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from lsp_assess.disclosure.complement import Rate, Relation
from lsp_assess.disclosure.gate import FindingRule, Gated, pass_gate
from lsp_assess.disclosure.published import Published
from lsp_assess.disclosure.rules import Figure
from lsp_assess.disclosure.tables import RawTable
from lsp_assess.kernel.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """`unshown` are figures of relations that stand in no table; `findings` go by table id."""

    tables: tuple[RawTable, ...] = ()
    relations: tuple[Relation, ...] = ()
    unshown: tuple[Figure, ...] = ()
    rates: tuple[Rate, ...] = ()
    findings: Mapping[str, FindingRule] = field(default_factory=lambda: MappingProxyType({}))
    caveats: tuple[Message, ...] = ()


def together(drafts: Iterable[Draft]) -> Draft:
    drafts = tuple(drafts)
    return Draft(
        tables=tuple(table for draft in drafts for table in draft.tables),
        relations=tuple(relation for draft in drafts for relation in draft.relations),
        unshown=tuple(figure for draft in drafts for figure in draft.unshown),
        rates=tuple(rate for draft in drafts for rate in draft.rates),
        findings=MappingProxyType({key: rule for draft in drafts for key, rule in draft.findings.items()}),
        caveats=_once(caveat for draft in drafts for caveat in draft.caveats),
    )


def audited(draft: Draft, *, release: str, earlier: Sequence[Published]) -> tuple[Gated, Published]:
    """Through the gate and the audit over everything published. Raises Invalid (release_betrays)."""
    # It solves whole-number systems; a web process, which drafts too, need not load what does that.
    from lsp_assess.disclosure.protecting import protected  # noqa: PLC0415

    return protected(
        draft.tables,
        release=release,
        earlier=earlier,
        relations=draft.relations,
        unshown=draft.unshown,
        rates=draft.rates,
        findings=draft.findings,
    )


def gated(draft: Draft) -> Gated:
    """What is not kept (public indicators) needs no audit."""
    return pass_gate(draft.tables, relations=draft.relations, unshown=draft.unshown, findings=draft.findings)


def _once(messages: Iterable[Message]) -> tuple[Message, ...]:
    kept: list[Message] = []
    for message in messages:
        if message not in kept:
            kept.append(message)
    return tuple(kept)
