"""lines read together, edits, linked conversations, pace and health of channels, calls made"""

import sqlalchemy as sa
from alembic import op

from api.db import UtcDateTime

revision = "0007_channels"
down_revision = "0006_life"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("inbound_update", sa.Column("message_key", sa.String(100), nullable=True))
    op.add_column("outbox_message", sa.Column("tried_at", UtcDateTime(), nullable=True))
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_message_tried_at"), ["tried_at"], unique=False)

    op.create_table(
        "pending_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.Integer(), nullable=False),
        sa.Column("update_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("refused", sa.String(), nullable=False),
        sa.Column("kept_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chat.id"], name=op.f("fk_pending_line_chat_id_chat")
        ),
        sa.ForeignKeyConstraint(
            ["update_id"],
            ["inbound_update.id"],
            name=op.f("fk_pending_line_update_id_inbound_update"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_line")),
        sa.UniqueConstraint("update_id", name=op.f("uq_pending_line_update_id")),
    )
    with op.batch_alter_table("pending_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pending_line_chat_id"), ["chat_id"], unique=False)

    op.create_table(
        "channel_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("quiet_until", UtcDateTime(), nullable=True),
        sa.Column("checked_at", UtcDateTime(), nullable=True),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("pending", sa.Integer(), nullable=True),
        sa.Column("token_until", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_state")),
        sa.UniqueConstraint("channel", name=op.f("uq_channel_state_channel")),
    )
    op.create_table(
        "chat_identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.Integer(), nullable=False),
        sa.Column("first_chat_id", sa.Integer(), nullable=False),
        sa.Column("linked_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chat.id"], name=op.f("fk_chat_identity_chat_id_chat")
        ),
        sa.ForeignKeyConstraint(
            ["first_chat_id"], ["chat.id"], name=op.f("fk_chat_identity_first_chat_id_chat")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_identity")),
        sa.UniqueConstraint("chat_id", name=op.f("uq_chat_identity_chat_id")),
    )
    with op.batch_alter_table("chat_identity", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_chat_identity_first_chat_id"), ["first_chat_id"], unique=False
        )

    op.create_table(
        "link_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], name=op.f("fk_link_code_chat_id_chat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_link_code_code_hash")),
    )
    with op.batch_alter_table("link_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_link_code_chat_id"), ["chat_id"], unique=False)

    op.create_table(
        "guess",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], name=op.f("fk_guess_chat_id_chat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guess")),
    )
    with op.batch_alter_table("guess", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guess_chat_id"), ["chat_id"], unique=False)

    op.create_table(
        "notice_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["outbox_message.id"],
            name=op.f("fk_notice_call_message_id_outbox_message"),
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_notice_call_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_call")),
        sa.UniqueConstraint("message_id", name=op.f("uq_notice_call_message_id")),
    )


def downgrade() -> None:
    for table in (
        "notice_call",
        "guess",
        "link_code",
        "chat_identity",
        "channel_state",
        "pending_line",
    ):
        op.drop_table(table)
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_message_tried_at"))
    op.drop_column("outbox_message", "tried_at")
    op.drop_column("inbound_update", "message_key")
