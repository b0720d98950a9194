"""Questionnaires: parsing, routing, answers, versions, codebook (docs/questionnaires.md).

    parse(text, *, file, issued={}, shipped={}) -> Instrument       raises Invalid with every problem
    document(instrument) -> dict;  parse_document(dict) -> Instrument   what is stored, and back
    content_hash(i), structure_hash(i), issued(i) -> Issued, compare(old, new) -> Difference

    instrument.sections / .items / .questions (grids as one question a row, named grid.row)
    instrument.item(name), .question(name), .section(name), .complete_languages, .source_language
    text.say("cy")                                     falls back to the source language

Types live beside what they describe: `instrument`, `items`, `scales`, `scoring`, `answers`, `text`.
"""

from lsp_assess.instruments.document import document
from lsp_assess.instruments.hashes import Difference, Issued, compare, content_hash, issued, structure_hash
from lsp_assess.instruments.instrument import Instrument, Section
from lsp_assess.instruments.parsing import parse, parse_document

__all__ = [
    "Difference",
    "Instrument",
    "Issued",
    "Section",
    "compare",
    "content_hash",
    "document",
    "issued",
    "parse",
    "parse_document",
    "structure_hash",
]
