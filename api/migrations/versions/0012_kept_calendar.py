"""what was ever set in the calendar is kept as it was set"""

from alembic import op

revision = "0012_kept_calendar"
down_revision = "0011_kept"
branch_labels = None
depends_on = None

_SAID = "what was set in the calendar is never changed"


def upgrade() -> None:
    """Refuse to change or delete a line of the calendar: due days were counted by it."""
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER calendar_change_no_{deed.lower()} BEFORE {deed} ON calendar_change "
                f"BEGIN SELECT RAISE(ABORT, '{_SAID}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION calendar_change_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_SAID}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER calendar_change_is_kept BEFORE UPDATE OR DELETE ON calendar_change "
        "FOR EACH ROW EXECUTE FUNCTION calendar_change_is_kept()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("update", "delete"):
            op.execute(f"DROP TRIGGER calendar_change_no_{deed}")
        return
    op.execute("DROP TRIGGER calendar_change_is_kept ON calendar_change")
    op.execute("DROP FUNCTION calendar_change_is_kept()")
