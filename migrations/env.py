"""Alembic's environment: runs on the connection that `lsp_assess.database.migrate` hands over."""

from alembic import context
from sqlalchemy import text

import lsp_assess.database.models  # noqa: F401  fills the metadata
from lsp_assess.database.base import SCHEMAS, Base


def of_ours(name: str | None, kind: str, _parents: object) -> bool:
    return name in SCHEMAS if kind == "schema" else True


connection = context.config.attributes["connection"]
connection.execute(text("CREATE SCHEMA IF NOT EXISTS migrations"))
connection.commit()
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    version_table_schema="migrations",
    include_schemas=True,
    include_name=of_ours,
    compare_type=True,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
