"""Questionnaires: parsing, routing, answers, versions (docs/questionnaires.md).

Questionnaires
    parse(text, *, file, issued={}, shipped={}) -> Instrument            raises Invalid with every problem
    document(instrument) -> dict, parse_document(dict) -> Instrument     what is stored (JSON), and back
    content_hash(i), structure_hash(i), issued(i) -> Issued, compare(old, new) -> Difference
    i.sections, i.items, i.questions (grids as one question a row, grid.row)
    i.item(name), i.question(name), i.section(name), i.complete_languages, i.source_language
    text.say("cy")                                                       falls back to the source language

Answers, by question name: Answered(value) | Missing(kind, reason)
    parse_section(i, section, form, *, today, draft=None) -> Parsed(answers, problems)     from a form
    answers_from_json(i, raw, *, today) -> Parsed, answers_to_json(answers)                stored, offline
    route(i, answers) -> names of the items asked; routing_json(i) -> trees for the browser
    submission(i, draft) -> Submission(answers, problems): a typed missing for everything else
    narrowed(i, assigned) -> the questionnaire of somebody who is asked a part; portions(i) -> what can be
    in_base(question, answers), derive(i, answers) -> {name: sum or None}

Types live beside what they describe: `instrument`, `items`, `scales`, `scoring`, `answers`, `text`.
"""

from lsp_assess.instruments.answers import Answer, Answered, Missing
from lsp_assess.instruments.assigning import Portion, narrowed, portions
from lsp_assess.instruments.bases import in_base
from lsp_assess.instruments.derivation import derive
from lsp_assess.instruments.document import document
from lsp_assess.instruments.forms import Parsed, parse_section
from lsp_assess.instruments.hashes import Difference, Issued, compare, content_hash, issued, structure_hash
from lsp_assess.instruments.instrument import Instrument, Section
from lsp_assess.instruments.parsing import parse, parse_document
from lsp_assess.instruments.routing import Submission, route, routing_json, submission
from lsp_assess.instruments.scales import MissingKind
from lsp_assess.instruments.stored import AnswersReader, answers_from_json, answers_to_json

__all__ = [
    "Answer",
    "Answered",
    "AnswersReader",
    "Difference",
    "Instrument",
    "Issued",
    "Missing",
    "MissingKind",
    "Parsed",
    "Portion",
    "Section",
    "Submission",
    "answers_from_json",
    "answers_to_json",
    "compare",
    "content_hash",
    "derive",
    "document",
    "in_base",
    "issued",
    "narrowed",
    "parse",
    "parse_document",
    "parse_section",
    "portions",
    "route",
    "routing_json",
    "structure_hash",
    "submission",
]
