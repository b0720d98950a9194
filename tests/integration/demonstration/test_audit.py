"""The audit over the releases of the demonstration, as they are stored."""

from time import perf_counter

from lsp_assess.database.releases import everything_published
from lsp_assess.database.session import transaction
from lsp_assess.demonstration.progress import SCOPE
from lsp_assess.disclosure.audit import audit
from lsp_assess.disclosure.complement import NARROWEST
from tests.integration.demonstration.conftest import Demonstration
from tests.trust_run import Figure


def test_nothing_protected_follows_from_the_three_releases_together(
    demonstration: Demonstration, figure: Figure
) -> None:
    # trust C6
    with transaction(demonstration.engine, SCOPE) as session:
        releases = everything_published(session)
    assert len(releases) == 3
    began = perf_counter()
    found = audit(releases)
    assert found.betrayals == ()
    assert found.narrowest is not None
    assert found.narrowest.width >= NARROWEST
    figure(
        f"demonstration: {found.cells} cells of three releases, {len(found.known)} protected numbers, "
        f"narrowest {found.narrowest.low} to {found.narrowest.high}, {perf_counter() - began:.1f} s"
    )
