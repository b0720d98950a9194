"""What a sharing agreement allows: taking data in, or handing the research file out."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

ALLOWS = sa.Enum("taking_in", "research", name="allows", native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    column = sa.Column("allows", ALLOWS, nullable=False, server_default="taking_in")
    op.add_column("sharing_agreement", column, schema="main")
    op.alter_column("sharing_agreement", "allows", server_default=None, schema="main")


def downgrade() -> None:
    """An agreement to hand out allows no taking in, which is all that the older version knows."""
    op.execute("ALTER TABLE main.sharing_agreement NO FORCE ROW LEVEL SECURITY")
    op.execute("DELETE FROM main.sharing_agreement WHERE allows = 'research'")
    op.execute("ALTER TABLE main.sharing_agreement FORCE ROW LEVEL SECURITY")
    op.drop_column("sharing_agreement", "allows", schema="main")
