"""Whether the database keeps what it has said that it keeps; a start asks first."""

from sqlalchemy import create_engine, pool, text

from lsp_assess.kernel.errors import Denied, problem

# As they hold for who signs in: a role or a database may have settings of its own.
SETTINGS = text(
    "SELECT name || ' = ' || setting FROM pg_settings"
    " WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off' ORDER BY name"
)


def check_durability(url: str) -> None:
    """Raises Denied (database_may_forget) where an acknowledged commit could be lost with the machine."""
    engine = create_engine(url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        found = connection.execute(SETTINGS).scalars().all()
    if found:
        raise Denied(problem("database_may_forget", settings=", ".join(found)))
