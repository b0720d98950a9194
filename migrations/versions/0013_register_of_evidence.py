"""The register of evidence, what agreed scores rely on, and from which age evidence is out of date."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from lsp_assess.database.tenancy import grant, protect

revision = "0013"
down_revision = "0012"

AUDIENCES = sa.Enum(
    "partners", "facilitation", name="audience", native_enum=False, create_constraint=True, length=40
)
TABLES = {
    "main.evidence": "SELECT, INSERT, UPDATE",
    "contacts.evidence_file": "SELECT, INSERT, DELETE",
    "answers.relied_evidence": "SELECT, INSERT",
}
USUAL_MONTHS = "24"


def upgrade() -> None:
    op.create_table(
        "evidence",
        *of_partnership("evidence"),
        sa.Column("title", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("words", "link", "file_name", "media_type")),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("parts", JSONB(), nullable=False),
        sa.Column("audience", AUDIENCES, nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_because", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        schema="main",
    )
    op.create_table(
        "evidence_file",
        *of_partnership("evidence_file"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        key("id", "main.evidence", "evidence_file"),
        schema="contacts",
    )
    op.create_table(
        "relied_evidence",
        *of_partnership("relied_evidence"),
        sa.Column("agreed_score_id", sa.Uuid(), nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("was_stale", sa.Boolean(), nullable=False),
        key("agreed_score_id", "answers.agreed_score", "relied_evidence"),
        key("evidence_id", "main.evidence", "relied_evidence"),
        schema="answers",
    )
    op.create_index(
        op.f("ix_relied_evidence_partnership_id_agreed_score_id"),
        "relied_evidence",
        ["partnership_id", "agreed_score_id"],
        schema="answers",
    )
    for table, rights in TABLES.items():
        for statement in (*protect(table), grant(table, rights)):
            op.execute(statement)
    op.add_column(
        "round",
        sa.Column("evidence_months", sa.Integer(), nullable=False, server_default=USUAL_MONTHS),
        schema="main",
    )
    op.alter_column("round", "evidence_months", server_default=None, schema="main")


def downgrade() -> None:
    op.drop_column("round", "evidence_months", schema="main")
    op.drop_table("relied_evidence", schema="answers")
    op.drop_table("evidence_file", schema="contacts")
    op.drop_table("evidence", schema="main")


def of_partnership(table: str) -> tuple[sa.Column | sa.Constraint, ...]:
    return (
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["main.partnership.id"], name=op.f(f"fk_{table}_partnership_id")
        ),
        sa.PrimaryKeyConstraint("partnership_id", "id", name=op.f(f"pk_{table}")),
    )


def key(column: str, target: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["partnership_id", column],
        [f"{target}.partnership_id", f"{target}.id"],
        name=op.f(f"fk_{table}_partnership_id_{column}"),
    )
