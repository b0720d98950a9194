"""Who is asked which part, who follows whom under which key, how often a round reminds, who agreed to keying,
and what the people of an action say of it."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

KEY = "fk_membership_partnership_id_respondent_key_id"
OF_ROUND = ("remind_before", "remind_every", "remind_most")


def upgrade() -> None:
    op.alter_column("participant", "assigned_sections", new_column_name="assigned", schema="main")
    op.add_column("membership", sa.Column("same_respondent", sa.Boolean(), nullable=True), schema="main")
    op.add_column("membership", sa.Column("respondent_key_id", sa.Uuid(), nullable=True), schema="main")
    op.create_foreign_key(
        op.f(KEY),
        "membership",
        "respondent_key",
        ["partnership_id", "respondent_key_id"],
        ["partnership_id", "id"],
        source_schema="main",
        referent_schema="main",
    )
    for column in OF_ROUND:
        add_filled("round", sa.Column(column, sa.Integer(), nullable=False, server_default="0"), "main")
    reminders = sa.Column("reminders", sa.Integer(), nullable=False, server_default="0")
    add_filled("participant", reminders, "main")
    op.add_column("action_event", sa.Column("note", sa.Text(), nullable=True), schema="main")
    op.add_column(
        "response", sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True), schema="answers"
    )


def downgrade() -> None:
    op.drop_column("response", "agreed_at", schema="answers")
    op.drop_column("action_event", "note", schema="main")
    op.drop_column("participant", "reminders", schema="main")
    for column in OF_ROUND:
        op.drop_column("round", column, schema="main")
    op.drop_constraint(op.f(KEY), "membership", schema="main")
    for column in ("respondent_key_id", "same_respondent"):
        op.drop_column("membership", column, schema="main")
    op.alter_column("participant", "assigned", new_column_name="assigned_sections", schema="main")


def add_filled(table: str, column: sa.Column, schema: str) -> None:
    """With its default for the rows that are there, and none for those to come."""
    op.add_column(table, column, schema=schema)
    op.alter_column(table, column.name, server_default=None, schema=schema)
