"""Taking a lost authenticator app off an account. Whoever asks must have shown who they are."""

from lsp_assess.actions.work import Work
from lsp_assess.database.access import account_by_email
from lsp_assess.database.web_sessions import end_all_of
from lsp_assess.kernel.errors import NotFound, problem


def forget(work: Work, *, email: str) -> None:
    """The account's app and recovery codes are void and its sessions end; a coordinator or administrator
    sets up a new app at the next sign-in. Raises NotFound (account_unknown)."""
    work.check("administer")
    account = account_by_email(work.session, email)
    if account is None:
        raise NotFound(problem("account_unknown", email=email))
    account.tf_primary_method = account.tf_totp_secret = account.mf_recovery_codes = None
    end_all_of(work.session, account)
    work.record("second_factor_forgotten", object_kind="account", object_id=account.id)
