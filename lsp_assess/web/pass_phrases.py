"""What is refused as a pass phrase: short ones, common ones, and long ones that are as easy to guess."""

from typing import Any

import flask_security
from flask_babel import gettext as _

SHORTEST = 12
LONGEST = 1024  # hashing more is work for nothing
COMMONEST = 3000
SCORED = 72  # characters that the estimate of guesses looks at
SAFE_SCORE = 3  # of 4: more than 10⁸ guesses


class PassPhrases(flask_security.PasswordUtil):
    """Takes a pass phrase whole, however long; spaces and any script are welcome."""

    def validate(
        self,
        password: str,
        is_register: bool,  # noqa: ARG002  the library's signature
        **kwargs: Any,
    ) -> tuple[list[str] | None, str]:
        normal = self.normalize(password)
        user = kwargs.get("user")
        return _refusal(normal, str(user.email) if user else ""), normal


def _refusal(phrase: str, email: str) -> list[str] | None:
    if len(phrase) < SHORTEST:
        return [_("Use at least %(n)s characters. Several unrelated words are easy to remember.", n=SHORTEST)]
    if len(phrase) > LONGEST:
        return [_("Use at most %(n)s characters.", n=LONGEST)]
    if is_common(phrase) or _is_guessable(phrase, email):
        return [_("This is easy to guess. Choose several words that have nothing to do with each other.")]
    return None


def is_common(phrase: str) -> bool:
    # A megabyte that only a new pass phrase needs.
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # noqa: PLC0415

    return phrase.casefold() in FREQUENCY_LISTS["passwords"][:COMMONEST]


def _is_guessable(phrase: str, email: str) -> bool:
    from zxcvbn import zxcvbn  # noqa: PLC0415  as above

    known = [part for part in (email, email.partition("@")[0]) if part]
    return bool(zxcvbn(phrase[:SCORED], user_inputs=known)["score"] < SAFE_SCORE)
