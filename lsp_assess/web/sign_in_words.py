"""What the sign-in says, in our words instead of Flask-Security's. English here; translated where shown."""

from collections.abc import Mapping
from types import MappingProxyType


def _marked(text: str) -> str:
    """For the extraction of texts to be translated."""
    return text


_ = _marked

MESSAGES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "GENERIC_AUTHN_FAILED": (_("The e-mail address or the pass phrase is not right."), "error"),
        "PASSWORD_NOT_PROVIDED": (_("Enter your pass phrase."), "error"),
        "EMAIL_NOT_PROVIDED": (_("Enter your e-mail address."), "error"),
        "INVALID_EMAIL_ADDRESS": (_("Enter an e-mail address, such as name@example.org."), "error"),
        "INVALID_PASSWORD": (_("The pass phrase is not right."), "error"),
        "RETYPE_PASSWORD_MISMATCH": (_("The two pass phrases differ. Enter the same one twice."), "error"),
        "PASSWORD_IS_THE_SAME": (_("The new pass phrase must differ from the old one."), "error"),
        "PASSWORD_RESET_REQUEST": (
            _("If %(email)s is known here, a link for choosing a pass phrase is on its way."),
            "info",
        ),
        "PASSWORD_RESET_EXPIRED": (_("This link was good for %(within)s only. Ask for a new one."), "error"),
        "INVALID_RESET_PASSWORD_TOKEN": (
            _("This link has been used already, or it is not complete. Ask for a new one."),
            "error",
        ),
        "PASSWORD_RESET_NO_LOGIN": (_("Your pass phrase is set. Sign in with it now."), "success"),
        "PASSWORD_CHANGE": (
            _("Your pass phrase is changed, and you are signed out everywhere else."),
            "success",
        ),
        "REAUTHENTICATION_REQUIRED": (_("Before you go on, show that it is still you."), "info"),
        "REAUTHENTICATION_SUCCESSFUL": (_("Thank you. You can go on."), "success"),
        "INVALID_RECOVERY_CODE": (_("This recovery code is not right, or it has been used."), "error"),
        "NO_RECOVERY_CODES_SETUP": (_("You have no recovery codes yet."), "info"),
        "TWO_FACTOR_INVALID_TOKEN": (
            _("This code is not right, or it has been used. Wait for the next one in your app."),
            "error",
        ),
        "TWO_FACTOR_LOGIN_SUCCESSFUL": (_("You are signed in."), "success"),
        "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": (
            _("Your authenticator app is set up. From now on you need it to sign in."),
            "success",
        ),
        "TWO_FACTOR_PERMISSION_DENIED": (_("Sign in first, with your pass phrase."), "error"),
        "TWO_FACTOR_METHOD_NOT_AVAILABLE": (_("Go back and try again."), "error"),
        "ANONYMOUS_USER_REQUIRED": (_("You are signed in already."), "info"),
        "UNAUTHENTICATED": (_("Sign in to see this page."), "info"),
        "DISABLED_ACCOUNT": (
            _("This account is closed. Ask your partnership’s coordinator if that is a mistake."),
            "error",
        ),
    }
)

SUBJECTS: Mapping[str, str] = MappingProxyType(
    {
        "EMAIL_SUBJECT_PASSWORD_RESET": _("Choose a pass phrase"),
        "EMAIL_SUBJECT_PASSWORD_NOTICE": _("Your pass phrase was set"),
        "EMAIL_SUBJECT_PASSWORD_CHANGE_NOTICE": _("Your pass phrase was changed"),
    }
)
