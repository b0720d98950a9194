"""What every process that serves asks of its database before it begins."""

from sqlalchemy.exc import OperationalError

from lsp_assess.database.application_role import check_application_role
from lsp_assess.kernel.errors import Denied, Problem, problem
from lsp_assess.rendering.wording import say


def check_start(application_url: str) -> None:
    """Ends the process, saying why and what to do, where the database cannot be used as it should be."""
    try:
        check_application_role(application_url)
    except Denied as refused:
        raise SystemExit(_said(refused.problems[0])) from refused
    except OperationalError:
        raise SystemExit(_said(problem("database_unreachable"))) from None


def _said(why: Problem) -> str:
    return f"Refused to start [{why.code}]: {say(why.what)} {say(why.remedy)}"
