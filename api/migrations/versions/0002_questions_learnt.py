"""questions kept, what was taught of them, the ward's own questions"""

import sqlalchemy as sa
from alembic import op

from api.db import UtcDateTime

revision = "0002_learning"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "answer_count",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_answer_count_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("unit_id", "on_date", "code", name=op.f("pk_answer_count")),
    )
    op.create_table(
        "teaching_version",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_teaching_version_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_teaching_version")),
    )
    op.create_table(
        "check_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(500), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.Column("removed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_check_question_unit_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_check_question_staff_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["removed_by_id"], ["staff.id"], name=op.f("fk_check_question_removed_by_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_question")),
    )
    with op.batch_alter_table("check_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_check_question_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "ruling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "procedure",
                "outside",
                "aside",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(500), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("where_to", sa.String(300), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("ruled_at", UtcDateTime(), nullable=False),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_ruling_unit_id_unit")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_ruling_staff_id_staff")),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["staff.id"], name=op.f("fk_ruling_undone_by_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruling")),
    )
    with op.batch_alter_table("ruling", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ruling_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "asked_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(500), nullable=False),
        sa.Column("folded", sa.String(500), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "none",
                "clarify",
                "unhelpful",
                "officer",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("proposed_code", sa.String(40), nullable=False),
        sa.Column("chosen_code", sa.String(40), nullable=False),
        sa.Column("passed_on_at", UtcDateTime(), nullable=True),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("ruling_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_asked_question_unit_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["catalogue_release.id"],
            name=op.f("fk_asked_question_release_id_catalogue_release"),
        ),
        sa.ForeignKeyConstraint(
            ["ruling_id"], ["ruling.id"], name=op.f("fk_asked_question_ruling_id_ruling")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asked_question")),
    )
    with op.batch_alter_table("asked_question", schema=None) as batch_op:
        batch_op.create_index(
            "ix_asked_question_unit_id_folded", ["unit_id", "folded"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_asked_question_asked_at"), ["asked_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_asked_question_ruling_id"), ["ruling_id"], unique=False
        )


def downgrade() -> None:
    op.drop_table("asked_question")
    op.drop_table("ruling")
    op.drop_table("check_question")
    op.drop_table("teaching_version")
    op.drop_table("answer_count")
