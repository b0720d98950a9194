"""The role that the application signs in with has no way round row-level security; a start asks first."""

from sqlalchemy import create_engine, pool, text

from lsp_assess.kernel.errors import Denied, problem

# Of the role itself and of every role that it may become. A superuser may become any: it is named alone.
POWERS = text("""
WITH held AS (
    SELECT r.* FROM pg_roles r JOIN pg_roles me ON me.rolname = current_user
    WHERE r.oid = me.oid OR NOT me.rolsuper AND pg_has_role(me.oid, r.oid, 'MEMBER')
), spaces AS (
    SELECT * FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
)
SELECT rolname, power FROM held CROSS JOIN LATERAL (
    SELECT 'SUPERUSER' WHERE rolsuper
    UNION ALL SELECT 'BYPASSRLS' WHERE rolbypassrls
    UNION ALL SELECT 'CREATEROLE' WHERE rolcreaterole
    UNION ALL SELECT 'REPLICATION' WHERE rolreplication
    UNION ALL SELECT 'a role of PostgreSQL itself' WHERE rolname ~ '^pg_'
    UNION ALL SELECT 'owner of the database' FROM pg_database
        WHERE datname = current_database() AND datdba = held.oid
    UNION ALL SELECT 'CREATE in the database'
        WHERE NOT rolsuper AND has_database_privilege(held.oid, current_database(), 'CREATE')
    UNION ALL SELECT 'CREATE in schema ' || nspname FROM spaces
        WHERE NOT rolsuper AND has_schema_privilege(held.oid, spaces.oid, 'CREATE')
    UNION ALL SELECT 'owner in schema ' || nspname FROM spaces
        WHERE nspowner = held.oid
        OR EXISTS (SELECT FROM pg_class WHERE relnamespace = spaces.oid AND relowner = held.oid)
        OR EXISTS (SELECT FROM pg_proc WHERE pronamespace = spaces.oid AND proowner = held.oid)
) AS powers (power)
""")


def check_application_role(url: str) -> None:
    """Raises Denied (database_role_too_strong), naming what the role may do, by itself or as another."""
    engine = create_engine(url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        role = connection.execute(text("SELECT current_user")).scalar_one()
        found = connection.execute(POWERS).all()
    if found:
        powers = [power if name == role else f"{power} as {name}" for name, power in found]
        raise Denied(problem("database_role_too_strong", role=role, powers=", ".join(sorted(powers))))
