"""Seals over the audit log, which the application can neither read nor write."""

import sqlalchemy as sa
from alembic import op

from lsp_assess.database.tenancy import protect_or_none

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "audit_seal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("last_event", sa.BigInteger(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["main.partnership.id"], name=op.f("fk_audit_seal_partnership_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_seal")),
        sa.UniqueConstraint(
            "partnership_id",
            "number",
            name=op.f("uq_audit_seal_partnership_id_number"),
            postgresql_nulls_not_distinct=True,
        ),
        schema="operations",
    )
    for statement in protect_or_none("operations.audit_seal"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("audit_seal", schema="operations")
