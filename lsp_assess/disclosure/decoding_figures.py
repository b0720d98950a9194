"""What the restricted store keeps of figures and of how they hang together, back into its types."""

from lsp_assess.disclosure.complement import Parts, Rate, Relation, Spare
from lsp_assess.disclosure.decoding import Stored
from lsp_assess.disclosure.rules import Figure, Open, Rule, SmallGroup, SurveyCount, SurveyEstimate

RULES: dict[str, type[Rule]] = {
    rule.__name__: rule for rule in (SmallGroup, SurveyCount, SurveyEstimate, Open)
}


def figure_of(stored: Stored) -> Figure:
    ((name, content),) = stored["rule"].items()
    return Figure(stored["key"], RULES[name](**content))


def relation_of(stored: Stored) -> Relation:
    return Relation(
        total=stored.get("total"),
        parts=tuple(stored.get("parts", ())),
        divides=Parts(stored["divides"]),
        spare=Spare(stored["spare"]),
    )


def rate_of(stored: Stored) -> Rate:
    return Rate(
        figure=stored["figure"],
        numerator=tuple(stored["numerator"]),
        denominator=tuple(stored["denominator"]),
    )
