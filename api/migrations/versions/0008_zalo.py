"""access tokens, held messages, longer handles of remote files"""

import sqlalchemy as sa
from alembic import op

from api.db import UtcDateTime

revision = "0008_zalo"
down_revision = "0007_channels"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "access_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("account", sa.String(100), nullable=False),
        sa.Column("access", sa.String(), nullable=False),
        sa.Column("refresh", sa.String(), nullable=False),
        sa.Column("issued_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("renewing_until", UtcDateTime(), nullable=True),
        sa.Column("refused_at", UtcDateTime(), nullable=True),
        sa.Column("error", sa.String(300), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("linked_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_access_token_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_token")),
        sa.UniqueConstraint("channel", name=op.f("uq_access_token_channel")),
    )
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("held_at", UtcDateTime(), nullable=True))
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.alter_column(
            "remote",
            existing_type=sa.String(300),
            type_=sa.String(2000),
            existing_nullable=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.alter_column(
            "remote",
            existing_type=sa.String(2000),
            type_=sa.String(300),
            existing_nullable=False,
        )
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.drop_column("held_at")
    op.drop_table("access_token")
