"""What stands in the outbox reaches a mail server, once, and in secret where that was asked for."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from lsp_assess.config import Config, Smtp, SmtpSecurity
from lsp_assess.database.mail import post
from lsp_assess.database.models.operations import Mail
from lsp_assess.database.session import Scope, transaction
from tests.smtp import MailServer, certificate_for, mail_server
from tests.workers import work_off
from tests.world import TODAY, World

HOST = "localhost"
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
