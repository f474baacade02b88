"""activations of catalogue releases as facts, and what took the place of abolished procedures"""

import sqlalchemy as sa
from alembic import op

from api.db import UtcDateTime

revision = "0003_releases"
down_revision = "0002_learning"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "catalogue_activation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("from_at", UtcDateTime(), nullable=False),
        sa.Column("ordered_at", UtcDateTime(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_catalogue_activation_unit_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["catalogue_release.id"],
            name=op.f("fk_catalogue_activation_release_id_catalogue_release"),
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_catalogue_activation_staff_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"],
            ["staff.id"],
            name=op.f("fk_catalogue_activation_withdrawn_by_id_staff"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_activation")),
    )
    op.create_index("ix_catalogue_activation_release_id", "catalogue_activation", ["release_id"])
    op.create_index(
        "ix_catalogue_activation_unit_id_from_at_id",
        "catalogue_activation",
        ["unit_id", "from_at", "id"],
    )
    op.create_table(
        "catalogue_replacement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("replaced_by", sa.String(40), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_catalogue_replacement_unit_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_catalogue_replacement_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_replacement")),
    )
    op.create_index(
        "ix_catalogue_replacement_unit_id_id", "catalogue_replacement", ["unit_id", "id"]
    )
    op.execute(
        "INSERT INTO catalogue_activation (unit_id, release_id, from_at, ordered_at, reason)"
        " SELECT unit_id, id, activated_at, activated_at, '' FROM catalogue_release"
        " WHERE activated_at IS NOT NULL ORDER BY activated_at, id"
    )
    op.drop_column("catalogue_release", "activated_at")


def downgrade() -> None:
    op.add_column("catalogue_release", sa.Column("activated_at", UtcDateTime(), nullable=True))
    op.execute(
        "UPDATE catalogue_release SET activated_at = (SELECT MAX(a.from_at)"
        " FROM catalogue_activation a WHERE a.release_id = catalogue_release.id"
        " AND a.withdrawn_at IS NULL)"
    )
    op.drop_table("catalogue_replacement")
    op.drop_table("catalogue_activation")
