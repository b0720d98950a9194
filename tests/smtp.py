"""A mail server of the test's own: it speaks SMTP, with STARTTLS where it has a certificate, and keeps what
it was sent."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import cast

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class MailServer(ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, certificate: Path | None) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.taken: list[EmailMessage] = []
        self.were_secret: list[bool] = []
        self.tls = None
        if certificate is not None:
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tls.load_cert_chain(certificate)

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Conversation(StreamRequestHandler):
    server: MailServer
    secret = False

    def handle(self) -> None:
        self.say("220 here")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"EHLO":
                self.say("250-here\r\n250 STARTTLS" if self.server.tls else "250 here")
            elif word == b"STAR":
                self.say("220 begin")
                if not self.begin_tls():
                    return
            elif word == b"DATA":
                self.say("354 go on")
                self.keep()
                self.say("250 taken")
            elif word == b"QUIT":
                self.say("221 good bye")
                return
            else:
                self.say("250 well")

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())

    def begin_tls(self) -> bool:
        assert self.server.tls is not None
        try:
            self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        except OSError:
            return False  # the other side did not trust us
        self.secret = True
        self.setup()
        return True

    def keep(self) -> None:
        lines = iter(self.rfile.readline, b".\r\n")
        written = b"".join(line.removeprefix(b".") for line in lines)
        self.server.taken.append(cast("EmailMessage", message_from_bytes(written, policy=default)))
        self.server.were_secret.append(self.secret)


@contextmanager
def mail_server(certificate: Path | None = None) -> Iterator[MailServer]:
    with MailServer(certificate) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def certificate_for(host: str, into: Path) -> Path:
    """Signed by itself, so that nobody trusts it who was not told to."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    place = into / "certificate.pem"
    plain = serialization.NoEncryption()
    place.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    )
    return place
