"""Which languages a questionnaire is in, and which comes first."""

import re

from lsp_assess.instruments.instrument import Language, Translation
from lsp_assess.instruments.reading.fields import Fields

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")


def read_languages(fields: Fields, inherited: tuple[Language, ...] = ()) -> tuple[Language, ...]:
    """The source language first, then the others by their codes. Tells the report, so that the texts
    that follow are checked against them."""
    languages = _listed(fields)
    if inherited:
        languages = _extended(fields, languages, inherited)
    elif not languages:
        fields.needed("languages")
    source = _source(fields, languages, inherited)
    ordered = tuple(sorted(languages, key=lambda language: (language.code != source, language.code)))
    fields.report.languages = tuple(language.code for language in ordered)
    fields.report.complete_languages = tuple(
        language.code for language in ordered if language.status is not Translation.INCOMPLETE
    )
    return ordered


def _listed(fields: Fields) -> tuple[Language, ...]:
    listed = []
    for entry in fields.entries("languages"):
        status = fields.option("languages", entry.node, Translation)
        if not _LANGUAGE.fullmatch(entry.key):
            fields.problem("Q203", entry.line, language=entry.key[:20])
        else:
            listed.append(Language(entry.key, status or Translation.UNREVIEWED))
    return tuple(listed)


def _extended(
    fields: Fields, listed: tuple[Language, ...], inherited: tuple[Language, ...]
) -> tuple[Language, ...]:
    if not listed:
        return inherited
    wanted = {language.code for language in inherited}
    if {language.code for language in listed} != wanted:
        fields.problem("Q204", fields.line_of("languages"), languages=", ".join(sorted(wanted)))
    return listed


def _source(fields: Fields, languages: tuple[Language, ...], inherited: tuple[Language, ...]) -> str:
    if inherited:
        return inherited[0].code
    named = fields.word("source_language", optional=True)
    codes = {language.code for language in languages}
    source = named or (languages[0].code if languages else "")
    status = next((language.status for language in languages if language.code == source), None)
    if languages and (source not in codes or status is Translation.INCOMPLETE):
        line = fields.line_of("source_language" if named else "languages")
        fields.problem("Q205", line, language=source[:20])
    return source
