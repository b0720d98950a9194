"""What the room sees of what people wrote, once a facilitator has cleared it."""

import sqlalchemy as sa
from alembic import op

from lsp_assess.database.tenancy import grant, protect

revision = "0009"
down_revision = "0008"

TABLE = "answers.cleared_remark"


def upgrade() -> None:
    op.create_table(
        "cleared_remark",
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id", "response_id"],
            ["answers.response.partnership_id", "answers.response.id"],
            name=op.f("fk_cleared_remark_partnership_id_response_id"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["main.partnership.id"], name=op.f("fk_cleared_remark_partnership_id")
        ),
        sa.PrimaryKeyConstraint("partnership_id", "id", name=op.f("pk_cleared_remark")),
        sa.UniqueConstraint(
            "partnership_id",
            "response_id",
            "item",
            name=op.f("uq_cleared_remark_partnership_id_response_id_item"),
        ),
        schema="answers",
    )
    for statement in (*protect(TABLE), grant(TABLE)):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("cleared_remark", schema="answers")
