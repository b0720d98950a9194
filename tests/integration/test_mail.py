"""What stands in the outbox reaches a mail server, once, and in secret where that was asked for."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, update

from lsp_assess.config import Config, Smtp, SmtpSecurity
from lsp_assess.database.mail import post
from lsp_assess.database.models.operations import Mail
from lsp_assess.database.models.partnerships import Partnership, Person
from lsp_assess.database.session import Scope, transaction
from lsp_assess.partnerships.roles import Role
from tests.hostile_words import SPACE, WHOLE, words
from tests.integration.web.test_invitations import ask
from tests.smtp import MailServer, certificate_for, mail_server
from tests.trust_run import Figure
from tests.workers import work_off
from tests.world import TODAY, World

HOST = "localhost"
HEADERS = sorted(
    ["content-transfer-encoding", "content-type", "date", "from", "mime-version", "subject", "to"]
)
BODY = "Annwyl Siân,\n\n.dot\nhttps://survey.example.org/invitation/1\n"


def written_to(server: MailServer, security: SmtpSecurity, config: Config) -> Config:
    return replace(config, smtp=Smtp(HOST, server.port, security, "surveys@example.org"))


def write(world: World) -> None:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        post(session, to="sian@example.org", subject="Eich barn, Siân", body=BODY, at=TODAY)


def outbox(world: World) -> Mail:
    with world.session() as session:
        return session.execute(select(Mail)).scalar_one()


def test_a_mail_is_sent_once_with_its_letters(world: World, config: Config) -> None:
    write(world)
    with mail_server() as server:
        for _again in range(2):
            work_off(written_to(server, SmtpSecurity.NONE, config))
    (mail,) = server.taken
    assert (mail["To"], mail["From"]) == ("sian@example.org", "surveys@example.org")
    assert mail["Subject"] == "Eich barn, Siân"
    assert mail.get_content().replace("\r\n", "\n") == BODY
    assert outbox(world).sent_at is not None


def test_a_trusted_server_gets_it_in_secret(
    world: World, config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = certificate_for(HOST, tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    write(world)
    with mail_server(certificate) as server:
        work_off(written_to(server, SmtpSecurity.STARTTLS, config))
    assert server.were_secret == [True]


@pytest.mark.parametrize("has_certificate", [True, False], ids=["one that nobody trusts", "one without TLS"])
def test_another_server_gets_nothing_and_the_mail_waits(
    world: World, config: Config, tmp_path: Path, has_certificate: bool
) -> None:
    write(world)
    with mail_server(certificate_for(HOST, tmp_path) if has_certificate else None) as server:
        work_off(written_to(server, SmtpSecurity.STARTTLS, config))
    assert server.taken == []
    waiting = outbox(world)
    assert (waiting.sent_at, waiting.attempts) == (None, 1)
    assert waiting.error is not None


def test_without_settings_it_is_caught_in_a_folder(world: World, config: Config) -> None:
    write(world)
    work_off(config)
    (caught,) = (config.instance / "mail").glob("*.eml")
    assert b"sian@example.org" in caught.read_bytes()


def test_markup_and_line_breaks_in_names_stay_text_in_a_mail(
    world: World, config: Config, figure: Figure
) -> None:
    # trust B4
    said = f"{words(1)}\r\nBcc: everybody@example.org\r\nContent-Type: text/html\r\n\r\n{words(2)}"
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        session.execute(update(Person).values(name=said))
        session.execute(update(Partnership).values(name=said))
    ask(world, Role.PARTNER)
    with mail_server() as server:
        work_off(written_to(server, SmtpSecurity.NONE, config))
    (mail,) = server.taken
    assert mail.get_content_type() == "text/plain"
    assert not mail.is_multipart()
    assert sorted(name.lower() for name in mail) == HEADERS
    assert mail["To"] == "northbridge.partner@example.org"
    body = mail.get_content().replace("\r\n", "\n")
    assert said.replace("\r\n", "\n") in body
    assert WHOLE.search(SPACE.sub("", mail["Subject"]))
    figure(f"names with markup and headers in a mail: headers {len(HEADERS)}, added 0, HTML 0")
