"""Codes of an authenticator app: each opens the door once, and setting one up shows a picture to scan."""

from datetime import timedelta
from io import BytesIO

import flask_security
import qrcode
from flask_security import UserMixin
from passlib.exc import TokenError
from qrcode.image.svg import SvgPathImage

from lsp_assess.database import rate_counts
from lsp_assess.database.session import Scope
from lsp_assess.web.transactions import clock, session_of

# Longer than any code is taken for: the clocks of two devices may differ by two minutes.
REMEMBERED = timedelta(minutes=10)


class OneTimeCodes(flask_security.Totp):
    def verify_totp(self, token: str, totp_secret: str, user: UserMixin, window: int = 0) -> bool:
        try:
            match = self._totp.verify(token, totp_secret, window=window)
        except TokenError:
            return False
        return self._is_first_use(user, match.counter)

    def _is_first_use(self, user: UserMixin, counter: int) -> bool:
        uses = rate_counts.count_up(
            session_of(Scope()),
            key=f"one-time-code/{user.id}/{counter}",
            amount=1,
            window=REMEMBERED,
            now=clock().now(),
        )
        return uses == 1

    def generate_qrcode(self, username: str, totp: str) -> str:  # noqa: ARG002  the library's signature
        """Nothing inside the page: our policy forbids `data:` pictures. `qr_code` draws it by itself."""
        return ""


def qr_code(codes: flask_security.Totp, *, email: str, secret: str) -> bytes:
    """An SVG file that authenticator apps scan."""
    image = qrcode.make(codes.get_totp_uri(email, secret), image_factory=SvgPathImage, border=2)
    written = BytesIO()
    image.save(written)
    return written.getvalue()
