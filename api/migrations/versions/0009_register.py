"""the index of the staff lists: open cases by their due day, counts of each state"""

from alembic import op

revision = "0009_register"
down_revision = "0008_zalo"
branch_labels = None
depends_on = None

_NAME = "ix_feedback_case_unit_id_state_due_on"


def upgrade() -> None:
    op.create_index(_NAME, "feedback_case", ["unit_id", "state", "due_on"])
    op.drop_index(op.f("ix_feedback_case_unit_id"), "feedback_case")
    op.drop_index(op.f("ix_feedback_case_state"), "feedback_case")


def downgrade() -> None:
    op.create_index(op.f("ix_feedback_case_state"), "feedback_case", ["state"])
    op.create_index(op.f("ix_feedback_case_unit_id"), "feedback_case", ["unit_id"])
    op.drop_index(_NAME, "feedback_case")
