"""A version of a questionnaire has one content in a partnership: what has been issued never changes."""

from alembic import op

revision = "0004"
down_revision = "0003"

NAME = "uq_instrument_partnership_id_name_instrument_version"
OLD_LOOKUP = "ix_instrument_partnership_id_name"


def upgrade() -> None:
    op.create_unique_constraint(
        NAME, "instrument", ["partnership_id", "name", "instrument_version"], schema="main"
    )
    op.drop_index(OLD_LOOKUP, "instrument", schema="main")


def downgrade() -> None:
    op.create_index(OLD_LOOKUP, "instrument", ["partnership_id", "name"], schema="main")
    op.drop_constraint(NAME, "instrument", schema="main")
