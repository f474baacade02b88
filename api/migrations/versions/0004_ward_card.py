"""the ward's own card, version by version"""

import sqlalchemy as sa
from alembic import op

from api.db import UtcDateTime

revision = "0004_card"
down_revision = "0003_releases"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ward_card_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("restores", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_ward_card_version_staff_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_ward_card_version_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ward_card_version")),
        sa.UniqueConstraint("unit_id", "number", name=op.f("uq_ward_card_version_unit_id_number")),
    )
    with op.batch_alter_table("ward_card_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ward_card_version_unit_id"), ["unit_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("ward_card_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ward_card_version_unit_id"))

    op.drop_table("ward_card_version")
