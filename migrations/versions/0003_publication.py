"""Publishing becomes work of the worker: what is asked for, and how far it is."""

import sqlalchemy as sa
from alembic import op

from lsp_assess.database.tenancy import grant, protect

revision = "0003"
down_revision = "0002"

TABLE = "publications.publication"


def upgrade() -> None:
    op.create_table(
        "publication",
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("release_id", sa.Uuid(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("step", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["main.partnership.id"], name=op.f("fk_publication_partnership_id")
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id", "round_id"],
            ["main.round.partnership_id", "main.round.id"],
            name=op.f("fk_publication_partnership_id_round_id"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id", "release_id"],
            ["publications.release.partnership_id", "publications.release.id"],
            name=op.f("fk_publication_partnership_id_release_id"),
        ),
        sa.PrimaryKeyConstraint("partnership_id", "id", name=op.f("pk_publication")),
        schema="publications",
    )
    op.create_index(
        op.f("ix_publication_partnership_id_round_id_asked_at"),
        "publication",
        ["partnership_id", "round_id", "asked_at"],
        schema="publications",
    )
    for statement in (*protect(TABLE), grant(TABLE)):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("publication", schema="publications")
