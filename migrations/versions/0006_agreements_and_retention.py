"""Sharing agreements, periods of retention, and two roles: who reads for estimation, who deletes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from lsp_assess.database.tenancy import APPLICATION, RESEARCH, RETENTION, grant, protect

revision = "0006"
down_revision = "0005"

TABLE = "main.sharing_agreement"
BASES = (
    "public_task",
    "legal_obligation",
    "legitimate_interests",
    "contract",
    "vital_interests",
    "consent",
    "not_personal",
)
READ_FOR_RESEARCH = ("main", "answers", "publications")
CLEARED = ("main", "answers", "contacts", "publications", "operations")
# What erasing somebody takes away, too. Neither can be changed otherwise.
ERASED = {"main.visit": "DELETE, UPDATE (researcher_id)", "operations.receipt": "DELETE"}
# A session of no partnership may ask as whom it reads; row-level security reads these.
OF_THE_ACCOUNT = "(id, administrator, active)"


def upgrade() -> None:
    make_table()
    op.add_column("partnership", sa.Column("ended_on", sa.Date(), nullable=True), schema="main")
    op.add_column(
        "partnership",
        sa.Column("kept_days", JSONB(), nullable=False, server_default="{}"),
        schema="main",
    )
    op.alter_column("partnership", "kept_days", server_default=None, schema="main")
    for statement in (
        *protect(TABLE),
        grant(TABLE),
        *(grant(table, rights) for table, rights in ERASED.items()),
        *rights_for(READ_FOR_RESEARCH, "SELECT", RESEARCH),
        *rights_for(CLEARED, "SELECT, DELETE", RETENTION),
        f"GRANT USAGE ON SCHEMA access TO {RESEARCH}, {RETENTION}",
        f"GRANT SELECT {OF_THE_ACCOUNT} ON access.account TO {RESEARCH}",
        f"GRANT SELECT, DELETE ON ALL TABLES IN SCHEMA access TO {RETENTION}",
        f"REVOKE DELETE ON operations.audit_event, main.partnership FROM {RETENTION}",
        f"REVOKE ALL ON operations.audit_seal FROM {RETENTION}",
        f"GRANT INSERT ON operations.audit_event TO {RETENTION}",
    ):
        op.execute(statement)


def downgrade() -> None:
    for statement in (
        *taken_from(READ_FOR_RESEARCH, "SELECT", RESEARCH),
        *taken_from(CLEARED, "SELECT, DELETE", RETENTION),
        f"REVOKE ALL ON ALL TABLES IN SCHEMA access FROM {RESEARCH}, {RETENTION}",
        f"REVOKE ALL {OF_THE_ACCOUNT} ON access.account FROM {RESEARCH}",
        f"REVOKE ALL ON SCHEMA access FROM {RESEARCH}, {RETENTION}",
        *(f"REVOKE {rights} ON {table} FROM {APPLICATION}" for table, rights in ERASED.items()),
    ):
        op.execute(statement)
    op.drop_column("partnership", "kept_days", schema="main")
    op.drop_column("partnership", "ended_on", schema="main")
    op.drop_column("import_run", "agreement_id", schema="operations")
    op.drop_table("sharing_agreement", schema="main")


def rights_for(schemas: tuple[str, ...], rights: str, role: str) -> list[str]:
    """On every table of the schemas, those of later migrations too."""
    return [
        statement
        for schema in schemas
        for statement in (
            f"GRANT USAGE ON SCHEMA {schema} TO {role}",
            f"GRANT {rights} ON ALL TABLES IN SCHEMA {schema} TO {role}",
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT {rights} ON TABLES TO {role}",
        )
    ]


def taken_from(schemas: tuple[str, ...], rights: str, role: str) -> list[str]:
    return [
        statement
        for schema in schemas
        for statement in (
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} REVOKE {rights} ON TABLES FROM {role}",
            f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {role}",
            f"REVOKE ALL ON SCHEMA {schema} FROM {role}",
        )
    ]


def make_table() -> None:
    op.create_table(
        "sharing_agreement",
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column(
            "lawful_basis",
            sa.Enum(*BASES, name="lawfulbasis", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("signed_by", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_sharing_agreement_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["main.partnership.id"], name=op.f("fk_sharing_agreement_partnership_id")
        ),
        sa.PrimaryKeyConstraint("partnership_id", "id", name=op.f("pk_sharing_agreement")),
        schema="main",
    )
    op.create_index(
        op.f("ix_sharing_agreement_partnership_id_source"),
        "sharing_agreement",
        ["partnership_id", "source"],
        schema="main",
    )
    op.add_column("import_run", sa.Column("agreement_id", sa.Uuid(), nullable=True), schema="operations")
    op.create_foreign_key(
        op.f("fk_import_run_partnership_id_agreement_id"),
        "import_run",
        "sharing_agreement",
        ["partnership_id", "agreement_id"],
        ["partnership_id", "id"],
        source_schema="operations",
        referent_schema="main",
    )
