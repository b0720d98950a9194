"""Databases for tests: one migrated template a worker, cloned for whoever wants to commit for real."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from sqlalchemy import create_engine, make_url, pool, text

from lsp_assess.database.bootstrap import Urls, make_database, prepare
from lsp_assess.database.embedded import EmbeddedServer
from lsp_assess.database.migrate import upgrade
from lsp_assess.shipped import shipped_folder


def migrated(embedded: EmbeddedServer, *, name: str) -> Urls:
    urls = prepare(embedded.url, database=name, password_of=embedded.password_of)
    upgrade(urls.migrator, scripts=shipped_folder("migrations"))
    return urls


@contextmanager
def clone(embedded: EmbeddedServer, template: Urls) -> Iterator[Urls]:
    """A copy of the template, to which nobody may be connected, thrown away afterwards."""
    name = f"test_{uuid4().hex}"
    server = create_engine(embedded.url, isolation_level="AUTOCOMMIT", poolclass=pool.NullPool)
    with server.connect() as connection:
        make_database(connection, name, template=str(make_url(template.application).database))
    yield Urls(
        *(
            make_url(url).set(database=name).render_as_string(hide_password=False)
            for url in (template.application, template.migrator)
        )
    )
    with server.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
