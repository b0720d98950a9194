"""Questions to whoever leads a part, an action or an indicator, with their answers."""

import sqlalchemy as sa
from alembic import op

from lsp_assess.database.tenancy import grant, protect

revision = "0011"
down_revision = "0010"

TABLE = "main.challenge"
ROLES = sa.Enum(
    "partner",
    "facilitator",
    "researcher",
    "coordinator",
    "evaluator",
    "scrutiny",
    "administrator",
    name="role",
    native_enum=False,
    create_constraint=True,
    length=40,
)
KEYS = {
    "round_id": "main.round",
    "collection_id": "main.collection",
    "action_id": "main.action",
    "indicator_id": "main.indicator",
    "asking_id": "main.organisation",
    "lead_id": "main.organisation",
    "lead_person_id": "main.person",
    "answering_id": "main.organisation",
}
CHECKS = {
    "about_one": "num_nonnulls(part, action_id, indicator_id) = 1",
    "part_of_a_meeting": "part IS NULL OR collection_id IS NOT NULL",
    "reply_after_asking": "reply_by >= asked_on",
    "answered_in_words": "answered_on IS NULL OR answer IS NOT NULL",
}


def upgrade() -> None:
    op.create_table(
        "challenge",
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("collection_id", sa.Uuid(), nullable=True),
        sa.Column("part", sa.Text(), nullable=True),
        sa.Column("action_id", sa.Uuid(), nullable=True),
        sa.Column("indicator_id", sa.Uuid(), nullable=True),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_as", ROLES, nullable=False),
        sa.Column("asking_id", sa.Uuid(), nullable=True),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("reply_by", sa.Date(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=True),
        sa.Column("lead_person_id", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answering_id", sa.Uuid(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("reworded_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["main.partnership.id"], name=op.f("fk_challenge_partnership_id")
        ),
        sa.PrimaryKeyConstraint("partnership_id", "id", name=op.f("pk_challenge")),
        *(
            sa.ForeignKeyConstraint(
                ["partnership_id", column],
                [f"{target}.partnership_id", f"{target}.id"],
                name=op.f(f"fk_challenge_partnership_id_{column}"),
            )
            for column, target in KEYS.items()
        ),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_challenge_{name}")) for name, rule in CHECKS.items()),
        schema="main",
    )
    op.create_index(
        op.f("ix_challenge_partnership_id_round_id"),
        "challenge",
        ["partnership_id", "round_id"],
        schema="main",
    )
    for statement in (*protect(TABLE), grant(TABLE)):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("challenge", schema="main")
