"""How often a page asks the database: never a time for each row that it shows."""

from collections import Counter
from collections.abc import Callable
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from lsp_assess.partnerships.roles import Role
from tests.browser.site import Site
from tests.integration.matrix.crawling import looks
from tests.trust_run import Figure

MOST = 50
ROLES = (Role.COORDINATOR, Role.PARTNER)


def test_no_page_asks_the_database_more_than_fifty_times(
    site: Site, engine: Engine, browser_of: Callable[[UUID], FlaskClient], figure: Figure
) -> None:
    asked: Counter[str] = Counter()
    looking = ""

    def count(*_: object) -> None:
        asked[looking] += 1

    pages = looks(site)
    event.listen(engine, "before_cursor_execute", count)
    for role in ROLES:
        client = browser_of(site.full.accounts[role])
        for look in pages:
            looking = f"{look.endpoint} ({role})"
            asked[looking] = 0
            client.get(look.path)
    event.remove(engine, "before_cursor_execute", count)
    assert {page for page, n in asked.items() if n > MOST} == set()
    page, most = asked.most_common(1)[0]
    figure(f"{len(asked)} pages, at most {most} queries ({page})")
