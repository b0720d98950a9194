"""Publish a round: read, estimate, pass the gate, store a release that never changes."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from lsp_assess.actions.publication import Step, Tell, number_of_next
from lsp_assess.actions.questionnaires import frameworks
from lsp_assess.actions.release_challenge import challenges_of
from lsp_assess.actions.release_outcomes import outcomes_of
from lsp_assess.actions.release_partners import driver_of, panels_of
from lsp_assess.actions.release_reading import Read, read_rounds
from lsp_assess.actions.release_response import actions_of, fieldwork_of, objectives_of, responses_of
from lsp_assess.actions.release_stories import stories_of, texts
from lsp_assess.actions.release_survey import survey_of
from lsp_assess.actions.weights import weigh
from lsp_assess.actions.work import Work
from lsp_assess.database import release_data, releases
from lsp_assess.database.models.partnerships import Partnership
from lsp_assess.database.research import reading_answers
from lsp_assess.disclosure.published import Published
from lsp_assess.disclosure.release import (
    InstrumentStated,
    ReleaseDocument,
    Setting,
    StoryText,
    stated,
)
from lsp_assess.disclosure.stored_release import write_restricted
from lsp_assess.disclosure.tables import SafeTable
from lsp_assess.instruments import content_hash
from lsp_assess.kernel.messages import Message, given, message
from lsp_assess.partnerships.releases import ReleaseNumber
from lsp_assess.reports.draft import audited, gated
from lsp_assess.reports.evidence import Evidence, tables_of
from lsp_assess.reports.spoken import said
from lsp_assess.reports.tables_residents_methods import method_table


def publish(
    work: Work, *, round_id: UUID, reason: str | None = None, tell: Tell = lambda _step: None
) -> UUID:
    """The id of the new release. A round that was published before needs a reason and becomes k.2; the old
    release stays, superseded. `tell` hears each step as it begins. Raises as `number_of_next`, and
    Invalid (release_betrays)."""
    session = work.session
    releases.hold_publishing(session)
    number = number_of_next(work, round_id=round_id, reason=reason)
    partnership = release_data.partnership(session)
    today = work.now.astimezone(ZoneInfo(partnership.time_zone)).date()
    with reading_answers(session):
        tell(Step.READING)
        read = read_rounds(session, release_data.compared(session, round_id), today=today)
    tell(Step.ESTIMATING)
    read = weigh(work, read)
    with reading_answers(session):
        evidence = _evidence(work, read, today)
    tell(Step.PROTECTING)
    earlier = releases.everything_published(session)
    document, stories, restricted = _made(evidence, read, partnership, number, today, reason, earlier)
    tell(Step.STORING)
    release_id = releases.add_release(
        session,
        round_id=round_id,
        document=document,
        reason=reason,
        stories=stories,
        restricted=restricted,
        published_at=work.now,
        published_by=work.actor.account_id,
    )
    work.record(
        "round_published",
        object_kind="release",
        object_id=release_id,
        number=str(number),
        content_hash=document.sha256,
    )
    return release_id


def _made(
    evidence: Evidence,
    read: Read,
    partnership: Partnership,
    number: ReleaseNumber,
    today: date,
    reason: str | None,
    earlier: Sequence[Published],
) -> tuple[ReleaseDocument, tuple[StoryText, ...], str]:
    draft = tables_of(evidence)
    passed, published = audited(draft, release=str(number), earlier=earlier)
    tables = (*passed.tables, *gated(method_table(passed.tables)).tables)
    stories = texts(evidence.stories)
    document = ReleaseDocument(
        partnership_key=str(partnership.id),
        partnership=read.name,
        rounds=read.stated(),
        number=number,
        published=today,
        instruments=_instruments(read),
        settings=_settings(partnership, tables),
        caveats=(*draft.caveats, *_round_notes(read)),
        tables=tables,
        stories=tuple(stated(story) for story in stories),
        reason=None if reason is None else given(reason),
        mark=message("reports.mark.demonstration") if partnership.demonstration else None,
    )
    return document, stories, write_restricted(passed.restricted, published)


def _evidence(work: Work, read: Read, today: date) -> Evidence:
    session, rounds = work.session, read.stated()
    return Evidence(
        rounds=rounds,
        published=today,
        source=message("reports.source.records", by=read.name),
        threshold=read.threshold,
        driver=driver_of(session, read),
        panels=panels_of(read),
        survey=survey_of(session, read),
        outcomes=outcomes_of(session),
        stories=stories_of(session, read),
        responses=responses_of(read),
        fieldwork=fieldwork_of(session, read),
        actions=actions_of(session, read),
        challenged=challenges_of(session, read, today=today),
        objectives=objectives_of(session, read),
        frameworks=frameworks(),
        ends={str(one.id): one.ends_on for one in read.rounds},
    )


def _instruments(read: Read) -> tuple[InstrumentStated, ...]:
    return tuple(
        InstrumentStated(
            round=str(one.row.round_id),
            name=said(one.instrument.title),
            key=one.instrument.name,
            version=one.instrument.version,
            content_hash=content_hash(one.instrument),
        )
        for round_ in read.rounds
        for one in read.in_round(round_.id)
    )


def _settings(partnership: Partnership, tables: tuple[SafeTable, ...]) -> tuple[Setting, ...]:
    def setting(name: str, choice: Message) -> Setting:
        return Setting(message(f"reports.setting.{name}"), choice)

    smallest = partnership.smallest_change
    none = message("reports.setting.smallest_change_none")
    chosen = [
        setting("small_group", given(str(partnership.small_group))),
        setting("matching", message(f"reports.setting.matching_{partnership.matching.value}")),
    ]
    if any(table.id.startswith("level_two.residents.") for table in tables):
        chosen += [
            setting("survey_minimum", given(str(partnership.survey_minimum))),
            setting("smallest_change", none if smallest is None else given(f"{smallest * 100:g}")),
            setting("lonely", message("reports.setting.lonely_adjust")),
        ]
    return tuple(chosen)


def _round_notes(read: Read) -> tuple[Message, ...]:
    """What makes a round unlike the others, as whoever imported it declared."""
    return tuple(
        message("reports.round_note", round=given(round_.name), note=given(note))
        for round_ in read.rounds
        for one in read.in_round(round_.id)
        if (note := one.row.settings.get("round_note"))
    )
