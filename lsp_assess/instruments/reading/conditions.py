"""Expressions in a questionnaire: routing conditions and the bases of percentages."""

from lsp_assess.instruments.expressions.grammar import MAXIMUM_DEPTH, MAXIMUM_LENGTH, parse_expression
from lsp_assess.instruments.expressions.tokens import ExpressionError
from lsp_assess.instruments.expressions.tree import Expression
from lsp_assess.instruments.items import Base, BaseOf, BaseRule
from lsp_assess.instruments.reading import keys
from lsp_assess.instruments.reading.fields import Fields
from lsp_assess.instruments.reading.nodes import Mapping


def read_condition(fields: Fields, key: str) -> Expression | None:
    source = fields.word(key, optional=True)
    if source is None:
        return None
    try:
        return parse_expression(source)
    except ExpressionError as error:
        line = fields.line_of(key)
        if error.code == "Q407":
            fields.problem("Q407", line, length=MAXIMUM_LENGTH, depth=MAXIMUM_DEPTH)
        else:
            fields.problem("Q401", line, key=key, position=error.position, found=error.found[:20])
        return None


def read_base(fields: Fields) -> Base:
    node = fields.node("base")
    if not isinstance(node, Mapping):
        return fields.one_of("base", BaseRule, BaseRule.ANSWERED)
    inner = fields.inner(node, keys.BASE, "base")
    inner.needed("of")
    condition, text = read_condition(inner, "of"), inner.text("text")
    return BaseRule.ANSWERED if condition is None else BaseOf(condition, text)
