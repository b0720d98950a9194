"""What every process that serves asks of its database before it begins."""

from warnings import warn

from sqlalchemy.exc import OperationalError

from lsp_assess.database.application_role import check_application_role
from lsp_assess.database.durability import check_durability
from lsp_assess.kernel.errors import Denied, Problem, problem
from lsp_assess.rendering.wording import say


def check_start(application_url: str, *, must_keep: bool) -> None:
    """Ends the process, saying why and what to do, where the database cannot be used as it should be. One
    that may forget what it acknowledged is refused where it `must_keep`, and else warned of."""
    try:
        check_application_role(application_url)
        try:
            check_durability(application_url)
        except Denied as may_forget:
            if must_keep:
                raise
            warn(_said("Warning", may_forget.problems[0]), stacklevel=2)
    except Denied as refused:
        raise SystemExit(_said("Refused to start", refused.problems[0])) from refused
    except OperationalError:
        raise SystemExit(_said("Refused to start", problem("database_unreachable"))) from None


def _said(verdict: str, why: Problem) -> str:
    return f"{verdict} [{why.code}]: {say(why.what)} {say(why.remedy)}"
