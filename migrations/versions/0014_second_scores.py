"""How scores lay when scoring closed; a part may be scored a second time at the meeting, and what was given
then, person by person."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from lsp_assess.database.tenancy import grant, protect

revision = "0014"
down_revision = "0013"

STATUSES = sa.Enum(
    "open",
    "taken_back",
    "revealed",
    name="rescoringstatus",
    native_enum=False,
    create_constraint=True,
    length=40,
)


TABLES = ("answers.frozen_spread", "answers.rescoring", "answers.second_score")


def upgrade() -> None:
    op.create_table(
        "frozen_spread",
        *of_partnership("frozen_spread"),
        sa.Column("collection_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("parts", JSONB(), nullable=False),
        key("collection_id", "main.collection", "frozen_spread"),
        sa.UniqueConstraint(
            "partnership_id", "collection_id", name=op.f("uq_frozen_spread_partnership_id_collection_id")
        ),
        schema="answers",
    )
    op.create_table(
        "rescoring",
        *of_partnership("rescoring"),
        sa.Column("collection_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("status", STATUSES, nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shown", JSONB(), nullable=True),
        key("collection_id", "main.collection", "rescoring"),
        sa.UniqueConstraint(
            "partnership_id",
            "collection_id",
            "part",
            name=op.f("uq_rescoring_partnership_id_collection_id_part"),
        ),
        schema="answers",
    )
    op.create_table(
        "second_score",
        *of_partnership("second_score"),
        sa.Column("rescoring_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        key("rescoring_id", "answers.rescoring", "second_score"),
        key("person_id", "main.person", "second_score"),
        sa.UniqueConstraint(
            "partnership_id",
            "rescoring_id",
            "person_id",
            name=op.f("uq_second_score_partnership_id_rescoring_id_person_id"),
        ),
        schema="answers",
    )
    op.create_index(
        op.f("ix_second_score_partnership_id_person_id"),
        "second_score",
        ["partnership_id", "person_id"],
        schema="answers",
    )
    for table in TABLES:
        for statement in (*protect(table), grant(table)):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("second_score", schema="answers")
    op.drop_table("rescoring", schema="answers")
    op.drop_table("frozen_spread", schema="answers")


def key(column: str, target: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["partnership_id", column],
        [f"{target}.partnership_id", f"{target}.id"],
        name=op.f(f"fk_{table}_partnership_id_{column}"),
    )


def of_partnership(table: str) -> tuple[sa.Column | sa.Constraint, ...]:
    return (
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["main.partnership.id"], name=op.f(f"fk_{table}_partnership_id")
        ),
        sa.PrimaryKeyConstraint("partnership_id", "id", name=op.f(f"pk_{table}")),
    )
