"""the indexes of the staff lists: open cases by their due day, counts of each state"""

from alembic import op

revision = "0009_register"
down_revision = "0008_zalo"
branch_labels = None
depends_on = None

_NEW = {
    "ix_feedback_case_register": ["unit_id", "state", "restricted", "due_on"],
    "ix_feedback_case_department": ["department_id", "state"],
    "ix_feedback_case_owner": ["owner_id", "state"],
}
_COVERED = ("unit_id", "state", "due_on", "department_id", "owner_id")


def upgrade() -> None:
    for name, columns in _NEW.items():
        op.create_index(name, "feedback_case", columns)
    for column in _COVERED:
        op.drop_index(op.f(f"ix_feedback_case_{column}"), "feedback_case")


def downgrade() -> None:
    for column in _COVERED:
        op.create_index(op.f(f"ix_feedback_case_{column}"), "feedback_case", [column])
    for name in _NEW:
        op.drop_index(name, "feedback_case")
