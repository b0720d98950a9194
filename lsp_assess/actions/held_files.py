"""A file is sent once: previewed, held, and taken in when what was previewed is confirmed."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import delete

from lsp_assess.actions.editing import found
from lsp_assess.actions.importing import Upload
from lsp_assess.actions.indicator_imports import IndicatorImport, import_indicators, preview_indicators
from lsp_assess.actions.questionnaires import shipped
from lsp_assess.actions.response_imports import ResponseImport, import_responses, preview_responses
from lsp_assess.actions.sample_imports import SampleImport, import_sample, preview_sample
from lsp_assess.actions.work import Work
from lsp_assess.database.models.operations import HeldFile
from lsp_assess.exchange.mapping_files import read_response_mapping
from lsp_assess.kernel.errors import NotFound
from lsp_assess.kernel.ids import new_id

HELD_FOR = timedelta(days=1)


class FileKind(StrEnum):
    INDICATORS = "indicators"
    RESPONSES = "responses"
    SAMPLE = "sample"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorFile:
    file: Upload
    mapping: Upload


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseFile:
    """The questionnaire may be left out where the partnership holds it, or it is shipped."""

    file: Upload
    mapping: Upload
    questionnaire: Upload | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleFile:
    file: Upload
    collection_id: UUID


SentFile: TypeAlias = IndicatorFile | ResponseFile | SampleFile
Import: TypeAlias = IndicatorImport | ResponseImport | SampleImport


def hold(work: Work, sent: SentFile) -> UUID:
    """Keep a file that could be taken in as it is. Raises Invalid with every fault, and keeps nothing."""
    work.check("coordinate")
    _preview(work, sent)
    _forget_old(work)
    row = _held(sent)
    row.partnership_id = work.actor.partnership_id
    row.id, row.account_id, row.held_at = new_id(), work.actor.account_id, work.now
    work.session.add(row)
    work.session.flush()
    work.record("file_held", object_kind="held_file", object_id=row.id, kind=row.kind)
    return row.id


def preview(work: Work, held_id: UUID) -> Import:
    """What confirming would write now. Raises NotFound for a file of somebody else's."""
    work.check("coordinate")
    return _preview(work, _sent(_own(work, held_id)))


def confirm(work: Work, held_id: UUID, *, previewed: str) -> Import:
    """Take the file in, all of it, and let go of it. Raises Conflict when that would no longer do what the
    preview said."""
    work.check("coordinate")
    row = _own(work, held_id)
    sent = _sent(row)
    done = _import(work, sent, previewed)
    work.session.delete(row)
    work.session.flush()
    return done


def drop(work: Work, held_id: UUID) -> None:
    work.check("coordinate")
    work.session.delete(_own(work, held_id))
    work.session.flush()
    work.record("file_dropped", object_kind="held_file", object_id=held_id)


def kind_of(work: Work, held_id: UUID) -> FileKind:
    return FileKind(_own(work, held_id).kind)


def _preview(work: Work, sent: SentFile) -> Import:
    if isinstance(sent, IndicatorFile):
        return preview_indicators(work, file=sent.file, mapping=sent.mapping)
    if isinstance(sent, ResponseFile):
        return preview_responses(
            work, file=sent.file, mapping=sent.mapping, questionnaire=_questionnaire(sent)
        )
    return preview_sample(work, collection_id=sent.collection_id, file=sent.file)


def _import(work: Work, sent: SentFile, previewed: str) -> Import:
    if isinstance(sent, IndicatorFile):
        return import_indicators(work, file=sent.file, mapping=sent.mapping, previewed=previewed)
    if isinstance(sent, ResponseFile):
        return import_responses(
            work,
            file=sent.file,
            mapping=sent.mapping,
            questionnaire=_questionnaire(sent),
            previewed=previewed,
        )
    return import_sample(work, collection_id=sent.collection_id, file=sent.file, previewed=previewed)


def _questionnaire(sent: ResponseFile) -> Upload | None:
    """The one that was sent, else the shipped one that the mapping names."""
    if sent.questionnaire is not None:
        return sent.questionnaire
    mapping = read_response_mapping(sent.mapping.text(), file=sent.mapping.name)
    named = (mapping.questionnaire, mapping.version)
    for instrument, source in shipped().values():
        if (instrument.name, instrument.version) == named:
            return Upload(f"{instrument.name}.yaml", source.encode())
    return None


def _own(work: Work, held_id: UUID) -> HeldFile:
    row = found(work, HeldFile, held_id)
    if row.account_id != work.actor.account_id:
        raise NotFound
    return row


def _forget_old(work: Work) -> None:
    work.session.execute(delete(HeldFile).where(HeldFile.held_at < work.now - HELD_FOR))


def _held(sent: SentFile) -> HeldFile:
    if isinstance(sent, SampleFile):
        return HeldFile(
            kind=FileKind.SAMPLE.value,
            file_name=sent.file.name,
            file=sent.file.content,
            collection_id=sent.collection_id,
        )
    asked = sent.questionnaire if isinstance(sent, ResponseFile) else None
    kind = FileKind.RESPONSES if isinstance(sent, ResponseFile) else FileKind.INDICATORS
    return HeldFile(
        kind=kind.value,
        file_name=sent.file.name,
        file=sent.file.content,
        mapping_name=sent.mapping.name,
        mapping=sent.mapping.content,
        questionnaire_name=asked.name if asked else None,
        questionnaire=asked.content if asked else None,
    )


def _sent(row: HeldFile) -> SentFile:
    file = Upload(row.file_name, row.file)
    if row.kind == FileKind.SAMPLE:
        assert row.collection_id is not None  # noqa: S101  `_held` wrote it
        return SampleFile(file=file, collection_id=row.collection_id)
    mapping = Upload(row.mapping_name or "", row.mapping or b"")
    if row.kind == FileKind.INDICATORS:
        return IndicatorFile(file=file, mapping=mapping)
    asked = row.questionnaire
    questionnaire = Upload(row.questionnaire_name or "", asked) if asked is not None else None
    return ResponseFile(file=file, mapping=mapping, questionnaire=questionnaire)
