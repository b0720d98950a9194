"""Findings and their ranking; what stands round an action; reminders of actions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from lsp_assess.database.tenancy import grant, protect

revision = "0010"
down_revision = "0009"

KINDS = sa.Enum(
    "strength", "improvement", name="findingkind", native_enum=False, create_constraint=True, length=40
)
APPENDED = ("main.action_event", "operations.action_reminder")
TABLES = (
    "main.finding",
    "main.ranking",
    "answers.ballot",
    "main.action_contributor",
    "main.milestone",
    *APPENDED,
)
OF_ACTION = {"finding_id": "finding", "objective_id": "objective", "indicator_id": "indicator"}


def upgrade() -> None:
    make_findings()
    make_ballots()
    extend_action()
    make_progress()
    make_reminders()
    for table in TABLES:
        for statement in protect(table):
            op.execute(statement)
        op.execute(grant(table, "SELECT, INSERT, DELETE") if table in APPENDED else grant(table))


def downgrade() -> None:
    op.drop_column("partnership", "action_reminders", schema="main")
    for table in ("operations.action_reminder", "main.action_event", "main.milestone"):
        schema, name = table.split(".")
        op.drop_table(name, schema=schema)
    op.drop_table("action_contributor", schema="main")
    for column in ("indicator_id", "objective_id", "part", "finding_id", "light"):
        op.drop_column("action", column, schema="main")
    op.drop_table("ballot", schema="answers")
    op.drop_table("ranking", schema="main")
    op.drop_table("finding", schema="main")


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


def index(schema: str, table: str, column: str) -> None:
    op.create_index(
        op.f(f"ix_{table}_partnership_id_{column}"), table, ["partnership_id", column], schema=schema
    )


def make_findings() -> None:
    op.create_table(
        "finding",
        *of_partnership("finding"),
        sa.Column("collection_id", sa.Uuid(), nullable=False),
        sa.Column("kind", KINDS, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("criterion", sa.Text(), nullable=True),
        sa.Column("merged_into", sa.Uuid(), nullable=True),
        sa.Column("voters", sa.Integer(), nullable=True),
        sa.Column("impact", sa.Double(), nullable=True),
        sa.Column("feasibility", sa.Double(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        key("collection_id", "main.collection", "finding"),
        key("merged_into", "main.finding", "finding"),
        schema="main",
    )
    index("main", "finding", "collection_id")
    op.create_table(
        "ranking",
        *of_partnership("ranking"),
        sa.Column("collection_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        key("collection_id", "main.collection", "ranking"),
        sa.UniqueConstraint(
            "partnership_id", "collection_id", name=op.f("uq_ranking_partnership_id_collection_id")
        ),
        sa.CheckConstraint(
            "closed_at IS NULL OR closed_at >= opened_at", name=op.f("ck_ranking_closed_after_it_opened")
        ),
        schema="main",
    )


def make_ballots() -> None:
    op.create_table(
        "ballot",
        *of_partnership("ballot"),
        sa.Column("collection_id", sa.Uuid(), nullable=False),
        sa.Column("voter_id", sa.Uuid(), nullable=False),
        sa.Column("votes", JSONB(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        key("collection_id", "main.collection", "ballot"),
        key("voter_id", "main.person", "ballot"),
        sa.UniqueConstraint(
            "partnership_id",
            "collection_id",
            "voter_id",
            name=op.f("uq_ballot_partnership_id_collection_id_voter_id"),
        ),
        schema="answers",
    )


def extend_action() -> None:
    op.add_column("action", sa.Column("light", sa.Text(), nullable=True), schema="main")
    op.add_column("action", sa.Column("part", sa.Text(), nullable=True), schema="main")
    op.create_check_constraint(
        op.f("ck_action_light"), "action", "light IN ('green', 'amber', 'red')", schema="main"
    )
    for column, target in OF_ACTION.items():
        op.add_column("action", sa.Column(column, sa.Uuid(), nullable=True), schema="main")
        op.create_foreign_key(
            op.f(f"fk_action_partnership_id_{column}"),
            "action",
            target,
            ["partnership_id", column],
            ["partnership_id", "id"],
            source_schema="main",
            referent_schema="main",
        )


def make_progress() -> None:
    op.create_table(
        "action_contributor",
        *of_partnership("action_contributor"),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        key("action_id", "main.action", "action_contributor"),
        key("organisation_id", "main.organisation", "action_contributor"),
        sa.UniqueConstraint(
            "partnership_id",
            "action_id",
            "organisation_id",
            name=op.f("uq_action_contributor_partnership_id_action_id_organisation_id"),
        ),
        schema="main",
    )
    op.create_table(
        "milestone",
        *of_partnership("milestone"),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        key("action_id", "main.action", "milestone"),
        schema="main",
    )
    index("main", "milestone", "action_id")
    op.create_table(
        "action_event",
        *of_partnership("action_event"),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("light", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        key("action_id", "main.action", "action_event"),
        schema="main",
    )
    index("main", "action_event", "action_id")


def make_reminders() -> None:
    op.add_column(
        "partnership",
        sa.Column("action_reminders", sa.Integer(), nullable=False, server_default="0"),
        schema="main",
    )
    op.alter_column("partnership", "action_reminders", server_default=None, schema="main")
    op.create_table(
        "action_reminder",
        *of_partnership("action_reminder"),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        key("action_id", "main.action", "action_reminder"),
        key("person_id", "main.person", "action_reminder"),
        schema="operations",
    )
    index("operations", "action_reminder", "person_id")
