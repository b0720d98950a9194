"""The job queue: procrastinate's own tables and functions, in a schema of their own."""

from alembic import op
from procrastinate.schema import SchemaManager
from sqlalchemy import text

from lsp_assess.database.tenancy import APPLICATION

revision = "0002"
down_revision = "0001"

# Its functions name each other without a schema; pinning their path lets them be called from any session.
PIN_FUNCTIONS = """
DO $$ DECLARE f regprocedure; BEGIN
  FOR f IN SELECT p.oid::regprocedure FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
           WHERE n.nspname = 'jobs' LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = jobs, pg_temp', f);
  END LOOP;
END $$
"""


def upgrade() -> None:
    connection = op.get_bind()
    op.execute("CREATE SCHEMA jobs")
    op.execute("SET LOCAL search_path = jobs")
    cursor = connection.connection.cursor()
    cursor.execute(SchemaManager.get_schema())
    op.execute(text(PIN_FUNCTIONS))
    op.execute("SET LOCAL search_path = public")
    op.execute(f"GRANT USAGE ON SCHEMA jobs TO {APPLICATION}")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA jobs TO {APPLICATION}")
    op.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA jobs TO {APPLICATION}")


def downgrade() -> None:
    op.execute("DROP SCHEMA jobs CASCADE")
