"""Roles, grants and row-level security, for the migrations: one helper, so that no table is forgotten."""

from collections.abc import Iterable, Iterator

OWNER, MIGRATOR, APPLICATION = "lsp_owner", "lsp_migrator", "lsp_application"
RESEARCH, RETENTION = "lsp_research", "lsp_retention"
"""Roles that nobody signs in as. The application reads answers for estimation as the first, which has no
right on contacts; what has expired is deleted as the second, which only the migrator may become."""

THE_PARTNERSHIP = "(SELECT NULLIF(current_setting('app.partnership_id', true), '')::uuid)"
THE_ACCOUNT = "(SELECT NULLIF(current_setting('app.account_id', true), '')::uuid)"


def protect(table: str, *, column: str = "partnership_id") -> Iterator[str]:
    """Rows of the partnership that is set, and no others, for every role including the owner."""
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
    yield (
        f"CREATE POLICY of_partnership ON {table}"
        f" USING ({column} = {THE_PARTNERSHIP}) WITH CHECK ({column} = {THE_PARTNERSHIP})"
    )


def protect_or_none(table: str) -> Iterator[str]:
    """As `protect`, for tables that also hold rows of no partnership (sign-in mail, sign-in audit)."""
    same = f"partnership_id IS NOT DISTINCT FROM {THE_PARTNERSHIP}"
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
    yield f"CREATE POLICY of_partnership ON {table} USING ({same}) WITH CHECK ({same})"


def own_before_a_partnership_is_known() -> Iterator[str]:
    """A signed-in account reads its own persons, their memberships and the partnerships they are in; an
    administrator reads the list of partnerships."""
    yield f"CREATE POLICY own ON main.person FOR SELECT USING (account_id = {THE_ACCOUNT})"
    yield (
        "CREATE POLICY own ON main.membership FOR SELECT USING ((partnership_id, person_id) IN"
        f" (SELECT partnership_id, id FROM main.person WHERE account_id = {THE_ACCOUNT}))"
    )
    yield (
        "CREATE POLICY own ON main.partnership FOR SELECT USING (id IN"
        f" (SELECT partnership_id FROM main.person WHERE account_id = {THE_ACCOUNT}))"
    )
    yield (
        "CREATE POLICY administrators ON main.partnership FOR SELECT USING"
        f" (EXISTS (SELECT 1 FROM access.account WHERE id = {THE_ACCOUNT} AND administrator AND active))"
    )


def grant(table: str, rights: str = "SELECT, INSERT, UPDATE, DELETE") -> str:
    return f"GRANT {rights} ON {table} TO {APPLICATION}"


def grants(schemas: Iterable[str]) -> Iterator[str]:
    for schema in schemas:
        yield f"GRANT USAGE ON SCHEMA {schema} TO {APPLICATION}"
