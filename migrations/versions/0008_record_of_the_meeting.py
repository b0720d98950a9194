"""What a meeting agreed becomes a record that is only added to; dissents get rows of their own."""

import sqlalchemy as sa
from alembic import op

from lsp_assess.database.tenancy import APPLICATION, grant, protect

revision = "0008"
down_revision = "0007"

AGREED, DISSENT = "answers.agreed_score", "answers.dissent"
ONE_A_PART = "uq_agreed_score_partnership_id_collection_id_part"
ONE_A_STEP = "uq_agreed_score_partnership_id_collection_id_part_step"
# The last agreed score of each part that was not taken back: a step back takes the latest before it away.
STANDING = """
    WITH RECURSIVE walked AS (
        SELECT partnership_id, collection_id, part, 0 AS step, ARRAY[]::uuid[] AS stack
        FROM answers.agreed_score GROUP BY partnership_id, collection_id, part
        UNION ALL
        SELECT w.partnership_id, w.collection_id, w.part, a.step,
            CASE WHEN a.score IS NOT NULL THEN w.stack || a.id ELSE trim_array(w.stack, 1) END
        FROM walked w JOIN answers.agreed_score a ON a.partnership_id = w.partnership_id
            AND a.collection_id = w.collection_id AND a.part = w.part AND a.step = w.step + 1)
    SELECT stack[cardinality(stack)] FROM walked w WHERE step = (SELECT max(step) FROM answers.agreed_score a
        WHERE a.partnership_id = w.partnership_id AND a.collection_id = w.collection_id AND a.part = w.part)
    AND cardinality(stack) > 0
"""


def upgrade() -> None:
    op.create_table(
        "dissent",
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreed_score_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["partnership_id", "agreed_score_id"],
            ["answers.agreed_score.partnership_id", "answers.agreed_score.id"],
            name=op.f("fk_dissent_partnership_id_agreed_score_id"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id", "person_id"],
            ["main.person.partnership_id", "main.person.id"],
            name=op.f("fk_dissent_partnership_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["main.partnership.id"], name=op.f("fk_dissent_partnership_id")
        ),
        sa.PrimaryKeyConstraint("partnership_id", "id", name=op.f("pk_dissent")),
        schema="answers",
    )
    op.create_index(
        op.f("ix_dissent_partnership_id_agreed_score_id"),
        "dissent",
        ["partnership_id", "agreed_score_id"],
        schema="answers",
    )
    op.execute(f"ALTER TABLE {AGREED} NO FORCE ROW LEVEL SECURITY")  # the owner would see no row
    op.execute(
        f"INSERT INTO {DISSENT} (partnership_id, id, agreed_score_id, place, words)"
        f" SELECT partnership_id, gen_random_uuid(), id, 1, dissent FROM {AGREED} WHERE dissent IS NOT NULL"
    )
    for statement in (
        f"ALTER TABLE {AGREED} FORCE ROW LEVEL SECURITY",
        *protect(DISSENT),
        grant(DISSENT, "SELECT, INSERT, DELETE"),
        f"REVOKE UPDATE, DELETE ON {AGREED} FROM {APPLICATION}",
    ):
        op.execute(statement)
    op.drop_column("agreed_score", "dissent", schema="answers")
    op.drop_column("agreed_score", "version", schema="answers")
    op.alter_column("agreed_score", "score", nullable=True, schema="answers")
    for column in (
        sa.Column("step", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column("account_id", sa.Uuid(), nullable=True),
    ):
        op.add_column("agreed_score", column, schema="answers")
    for name in ("step", "at"):
        op.alter_column("agreed_score", name, server_default=None, schema="answers")
    op.drop_constraint(ONE_A_PART, "agreed_score", schema="answers")
    op.create_unique_constraint(
        ONE_A_STEP, "agreed_score", ["partnership_id", "collection_id", "part", "step"], schema="answers"
    )


def downgrade() -> None:
    op.add_column("agreed_score", sa.Column("dissent", sa.Text(), nullable=True), schema="answers")
    op.add_column(
        "agreed_score",
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        schema="answers",
    )
    op.alter_column("agreed_score", "version", server_default=None, schema="answers")
    for table in (AGREED, DISSENT):
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute(
        f"UPDATE {AGREED} a SET dissent = d.words FROM (SELECT partnership_id, agreed_score_id,"
        f" string_agg(words, '; ' ORDER BY place) AS words FROM {DISSENT} GROUP BY 1, 2) d"
        " WHERE d.partnership_id = a.partnership_id AND d.agreed_score_id = a.id"
    )
    op.drop_table("dissent", schema="answers")
    op.execute(f"DELETE FROM {AGREED} WHERE id NOT IN ({STANDING})")
    op.execute(f"ALTER TABLE {AGREED} FORCE ROW LEVEL SECURITY")
    op.drop_constraint(ONE_A_STEP, "agreed_score", schema="answers")
    for column in ("step", "at", "account_id"):
        op.drop_column("agreed_score", column, schema="answers")
    op.alter_column("agreed_score", "score", nullable=False, schema="answers")
    op.create_unique_constraint(
        ONE_A_PART, "agreed_score", ["partnership_id", "collection_id", "part"], schema="answers"
    )
    op.execute(grant(AGREED))
