"""cases that staff mark as a matter of hours"""

import sqlalchemy as sa
from alembic import op

revision = "0010_urgent"
down_revision = "0009_register"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "feedback_case",
        sa.Column("urgent", sa.Boolean(), server_default=sa.false(), nullable=False),
    )


def downgrade() -> None:
    # not a batch: SQLite would get a copy of the table without its checks
    op.execute("ALTER TABLE feedback_case DROP COLUMN urgent")
