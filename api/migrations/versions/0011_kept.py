"""the clock's rules stay with a case; neither a case nor its history can be put aside"""

import sqlalchemy as sa
from alembic import op

revision = "0011_kept"
down_revision = "0010_urgent"
branch_labels = None
depends_on = None

_REPLACED = (
    "SELECT 1 FROM case_event WHERE id = NEW.id OR (case_id = NEW.case_id AND number = NEW.number)"
)


def upgrade() -> None:
    """Keep the rules; refuse what goes round the triggers of the history.

    INSERT OR REPLACE of SQLite deletes a row without its triggers, and a connection may have its
    foreign keys off. On PostgreSQL the pointers of the history hold the case.
    """
    op.add_column("feedback_case", sa.Column("rules", sa.JSON(), nullable=True))
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER case_event_no_replace BEFORE INSERT ON case_event "
            f"WHEN EXISTS ({_REPLACED}) BEGIN SELECT RAISE(ABORT, 'the history of a case is never changed'); END"
        )
        op.execute(
            "CREATE TRIGGER feedback_case_no_delete BEFORE DELETE ON feedback_case "
            "BEGIN SELECT RAISE(ABORT, 'a case is never deleted'); END"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER feedback_case_no_delete")
        op.execute("DROP TRIGGER case_event_no_replace")
    op.execute("ALTER TABLE feedback_case DROP COLUMN rules")
