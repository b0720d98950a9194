import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Engine, create_engine, func, select, text
from sqlalchemy.orm import Session

from lsp_assess.actions.red_lights import red_among
from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.embedded import EmbeddedServer
from lsp_assess.database.migrate import check_in_step, upgrade
from lsp_assess.database.migrate import downgrade as down
from lsp_assess.database.models.access import Account
from lsp_assess.database.models.challenge import Challenge
from lsp_assess.database.models.operations import Mail
from lsp_assess.database.models.outcomes import Action, ImportRun, Indicator, Measurement
from lsp_assess.database.models.partnerships import Area, Collection, Partnership
from lsp_assess.database.models.publications import ReleasedText
from lsp_assess.database.models.residents import SampleMember, Weight
from lsp_assess.database.models.responses import AgreedScore, Response, ResponseStatus
from lsp_assess.database.models.stories import Story
from lsp_assess.database.outcomes import record_of
from lsp_assess.database.releases import document_of, standing_releases
from lsp_assess.database.session import Scope, transaction
from lsp_assess.demonstration.accounts import sign_ins
from lsp_assess.demonstration.chance import identity
from lsp_assess.demonstration.figures import FILES
from lsp_assess.demonstration.load_stories import withdrawn_after_release
from lsp_assess.demonstration.loading import demonstration_report, load
from lsp_assess.demonstration.progress import RECORDS, SCOPE, is_loaded, steps_left
from lsp_assess.kernel.clock import SetClock
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from lsp_assess.rendering.charts import chart_svg
from lsp_assess.rendering.wording import say
from lsp_assess.reports.columns import Since
from lsp_assess.reports.findings import choose
from lsp_assess.shipped import shipped_folder
from tests.apps import make_app
from tests.databases import clone
from tests.integration.demonstration.conftest import NOW, Demonstration
from tests.visitor import Visitor

FINGERPRINT = "SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {} t"


@pytest.fixture
def session(demonstration: Demonstration) -> Iterator[Session]:
    with transaction(demonstration.engine, SCOPE) as session:
        yield session


def visitor_of(demonstration: Demonstration) -> Visitor:
    return Visitor(make_app(demonstration.config, clock=SetClock(NOW), bind=demonstration.engine))


def count(session: Session, *of: object) -> int:
    return session.execute(select(func.count()).where(*of)).scalar_one()  # type: ignore[arg-type]


def test_a_load_that_is_cut_off_leaves_nothing_behind(engine: Engine, demonstration: Demonstration) -> None:
    """`engine` is of a database of this test's own."""
    steps = load(engine, now=NOW, keys=demonstration.keys, base_url="http://127.0.0.1:8000")
    assert [next(steps).name for _ in range(3)] == list(RECORDS[:3])
    steps.close()
    with transaction(engine, SCOPE) as session:
        assert not is_loaded(session)
    with transaction(engine, Scope()) as session:
        assert session.execute(select(func.count()).select_from(Account)).scalar_one() == 0
    assert steps_left(engine) == len(demonstration.steps)


def test_a_second_load_does_nothing(demonstration: Demonstration) -> None:
    assert steps_left(demonstration.engine) == 0
    again = load(demonstration.engine, now=NOW, keys=demonstration.keys, base_url="http://127.0.0.1:8000")
    assert list(again) == []


def test_the_partnership_says_that_it_is_a_demonstration(session: Session) -> None:
    partnership = session.execute(select(Partnership)).scalar_one()
    assert partnership.demonstration
    for release in standing_releases(session):
        assert document_of(release).mark is not None


def test_three_rounds_are_final_and_one_is_open(session: Session) -> None:
    statuses = Counter(session.execute(select(Collection.status)).scalars())
    assert statuses == {CollectionStatus.FINAL: 15, CollectionStatus.OPEN: 3}


def test_each_past_round_has_1200_interviews_with_weights(session: Session) -> None:
    done = select(func.count()).where(
        Response.sample_member_id == SampleMember.id,
        Response.status == ResponseStatus.SUBMITTED,
        SampleMember.collection_id.in_([identity("collection", n, "resident_survey") for n in (1, 2, 3)]),
    )
    assert session.execute(done).scalar_one() == 3600
    assert count(session, Weight.stage == "final") == 3600


def test_researchers_have_households_to_visit_in_the_open_round(session: Session) -> None:
    here = SampleMember.collection_id == identity("collection", 4, "resident_survey")
    for name in ("Peggy Mossop", "Rashid Ivyson"):
        own = SampleMember.researcher_id == identity("membership", name)
        assert count(session, here, own) == 40
    assert count(session, here, SampleMember.outcome.is_(None)) > 1000


def test_what_the_meetings_agreed_stands_beside_every_part(session: Session) -> None:
    assert session.execute(select(func.count()).select_from(AgreedScore)).scalar_one() == 3 * 32


def test_figures_came_year_by_year_through_the_importer_with_an_account_of_every_row(
    session: Session,
) -> None:
    runs = session.execute(select(ImportRun)).scalars().all()
    assert {run.file_name for run in runs} == {f"{name}.csv" for name in FILES}
    assert len(runs) > 2 * len(FILES)
    for run in runs:
        account = run.reconciliation
        assert account["read"] == account["written"] + account["revised"] + account["unchanged"]
    assert session.execute(select(func.count()).select_from(Indicator)).scalar_one() == 10
    assert count(session, Measurement.superseded_at.is_not(None)) == 0
    district = session.execute(select(Area).where(Area.code == "E08000009")).scalar_one()
    assert "fictitious" in district.name


def test_releases_come_from_their_own_years(session: Session) -> None:
    releases = standing_releases(session)
    assert [(release.number, release.revision) for release in releases] == [(1, 1), (2, 1), (3, 1)]
    assert [document_of(release).published.year for release in releases] == [2024, 2025, 2026]


def test_every_level_has_tables_in_the_last_release(session: Session) -> None:
    document = document_of(standing_releases(session)[-1])
    found = {".".join(table.id.split(".")[:2]) for table in document.tables}
    assert {"level_two.residents", "level_two.outcomes", "level_three.stories"} <= found
    assert any(part.startswith("level_one") for part in found)


def test_what_changed_is_said_since_the_round_before_or_since_the_first(session: Session) -> None:
    document = document_of(standing_releases(session)[-1])
    first, previous = say(document.rounds[0].name), say(document.rounds[-2].name)
    for since, named, unnamed in ((Since.FIRST, first, previous), (Since.PREVIOUS, previous, first)):
        changes = [
            one
            for one in choose(document.tables, since)
            if one.target.startswith(("level_one", "level_two.residents"))
        ]
        assert len(changes) >= 3
        assert all(named in say(one.sentence) and unnamed not in say(one.sentence) for one in changes)


def test_a_story_withdrawn_after_its_release_is_told_nowhere(session: Session) -> None:
    (story,) = withdrawn_after_release(1)
    told = session.execute(select(ReleasedText).where(ReleasedText.story_id == story)).scalars().all()
    assert len(told) == 1
    assert told[0].content is None
    assert told[0].redacted_at is not None
    assert session.execute(select(func.count()).select_from(Story)).scalar_one() == 30


def test_the_last_report_opens_with_what_became_of_earlier_actions(session: Session) -> None:
    assert session.execute(select(func.count()).select_from(Action)).scalar_one() == 15
    statuses = Counter(session.execute(select(Action.status)).scalars())
    assert set(statuses) == {"planned", "under_way", "done", "dropped"}


def test_every_release_maps_its_findings_by_the_votes(session: Session) -> None:
    for release in standing_releases(session):
        ranked = document_of(release).table("level_one.ranked")
        assert ranked is not None
        assert len(ranked.rows) == 8
        assert all(cell.value is not None for row in ranked.rows for cell in row.cells)
        assert chart_svg(ranked, "en") is not None


def test_the_challenge_log_has_answers_in_time_and_late_one_overdue_and_a_silent_meeting(
    session: Session,
) -> None:
    last = document_of(standing_releases(session)[-1])
    tables = [table for table in last.tables if table.id.startswith("challenge.")]
    assert [say(table.finding) for table in tables if table.finding is not None] == [
        "Nothing was asked at 1 of 3 meetings.",
        "1 question was asked: 0 answered in time, 1 late, 0 not due yet, 0 overdue without an answer.",
        "2 questions were asked: 2 answered in time, 0 late, 0 not due yet, 0 overdue without an answer.",
        "3 questions were asked: 1 answered in time, 0 late, 1 not due yet, 1 overdue without an answer.",
    ]


def test_what_is_flagged_was_red_or_disputed_when_it_was_asked_about(session: Session) -> None:
    flagged = session.execute(select(Challenge).where(Challenge.flagged)).scalars().all()
    assert {bool(one.part) for one in flagged} == {True, False}
    for one in flagged:
        if one.action_id is not None:
            assert session.get_one(Action, (one.partnership_id, one.action_id)).light == "red"
        if one.indicator_id is not None:
            record = record_of(session, one.indicator_id)
            assert record is not None
            assert list(red_among(session, [record], on=one.asked_on))
        if one.part is not None:
            answers = select(Response.submission).where(Response.collection_id == one.collection_id)
            given = [(sent or {}).get(one.part, {}) for sent in session.execute(answers).scalars()]
            scores = [answer["value"] for answer in given if "value" in answer]
            assert max(scores) - min(scores) >= 25


def test_the_report_compares_the_three_rounds(demonstration: Demonstration) -> None:
    report = demonstration_report(demonstration.engine)
    assert len(report.cover.rounds) == 3
    assert report.cover.mark is not None
    assert len(report.release_hashes) == 3


def test_whoever_has_not_sent_the_driver_holds_a_link_that_works(
    session: Session, demonstration: Demonstration
) -> None:
    mails = session.execute(select(Mail)).scalars().all()
    assert len(mails) == 16
    ada = next(mail for mail in mails if mail.to_address.startswith("ada."))
    link = re.search(r"https?://\S+(/invitation/\S+)", ada.body)
    assert link is not None
    page = visitor_of(demonstration).get(link[1])
    assert "Ada Larkspur" in page.text or "Marrowdale" in page.text


@pytest.mark.parametrize("place", range(10))
def test_everybody_who_is_printed_can_sign_in(demonstration: Demonstration, place: int) -> None:
    one = sign_ins(demonstration.keys)[place]
    visitor = visitor_of(demonstration)
    where = visitor.post("/account/sign-in", {"email": one.email, "password": one.pass_phrase})
    needs_code = one.role in (Role.COORDINATOR, Role.ADMINISTRATOR)
    assert where.startswith("/account/code") is needs_code
    if needs_code:
        code = one.code()
        assert code is not None
        where = visitor.post(where, {"code": code})
    assert not where.startswith("/account/")


def test_pass_phrases_stay_on_one_installation_and_differ_on_another(demonstration: Demonstration) -> None:
    first = [one.pass_phrase for one in sign_ins(demonstration.keys)]
    assert first == [one.pass_phrase for one in sign_ins(demonstration.keys)]
    elsewhere = replace(demonstration.keys, secret="another" * 8)
    assert not set(first) & {one.pass_phrase for one in sign_ins(elsewhere)}


def test_migrations_go_down_and_up_again_under_the_demonstration(
    demonstration: Demonstration, embedded: EmbeddedServer, template: Urls
) -> None:
    """A step down and up again loses none of its rows, and all of them can be taken back."""
    assert demonstration.config.databases is not None
    demonstration.engine.dispose()
    loaded = replace(template, application=demonstration.config.databases.application)
    scripts = shipped_folder("migrations")
    with clone(embedded, loaded) as urls:
        before = _content(urls)
        down(urls.migrator, scripts=scripts, to="-1")
        kept = set(_content(urls)) - {"main.sharing_agreement"}  # those to hand out are unknown below
        upgrade(urls.migrator, scripts=scripts)
        after = _content(urls)
        assert {table: after[table] for table in kept} == {table: before[table] for table in kept}
        assert len(kept) > 40
        down(urls.migrator, scripts=scripts, to="base")
        assert _content(urls) == {}
        upgrade(urls.migrator, scripts=scripts)
        check_in_step(urls.migrator, scripts=scripts)


def _content(urls: Urls) -> dict[str, str]:
    """A fingerprint of the rows of every table of ours."""
    engine = create_engine(urls.migrator)
    names = text(
        "SELECT schemaname || '.' || tablename FROM pg_tables"
        " WHERE schemaname IN ('main', 'answers', 'contacts', 'publications', 'access', 'operations')"
    )
    with engine.connect() as connection:
        found = {
            str(name): str(connection.execute(text(FINGERPRINT.format(name))).scalar_one())
            for name in connection.execute(names).scalars()
        }
    engine.dispose()
    return found
