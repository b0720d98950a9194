"""What stands in the comparative report of the full partnership."""

from lsp_assess.actions.reporting import report_of_rounds
from lsp_assess.database.session import Scope, transaction
from lsp_assess.rendering.report import render_report
from tests.browser.site import Site
from tests.pdf_pages import texts


def printed(site: Site) -> str:
    """The words of the PDF of the standing releases."""
    world = site.full
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        report = report_of_rounds(session, site.filled.rounds[:2])
    return " ".join(texts(render_report(report)))
