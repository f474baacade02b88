"""the clock: versions of the calendar, reminders, notes on late cases, the timetable"""

import sqlalchemy as sa
from alembic import op

from api.db import UtcDateTime

revision = "0005_clock"
down_revision = "0004_card"
branch_labels = None
depends_on = None

_DAY_CHANGES = ("off", "work", "morning", "afternoon", "cleared", "hours")


def upgrade() -> None:
    op.add_column("feedback_case", sa.Column("index_due_on", sa.Date(), nullable=True))
    op.add_column("feedback_case", sa.Column("paused_on", sa.Date(), nullable=True))
    op.execute("UPDATE feedback_case SET index_due_on = due_on")
    _calendar()
    op.execute(
        "INSERT INTO calendar_change"
        " (unit_id, version, on_date, kind, hours, reason, source, staff_id, entered_at)"
        " SELECT unit_id, version, on_date, CASE WHEN works THEN 'work' ELSE 'off' END, '',"
        " reason, source, staff_id, entered_at FROM calendar_day"
    )
    op.drop_table("calendar_day")
    _reminders()
    _timetable()


def downgrade() -> None:
    for table in ("timetable", "late_note", "staff_notice", "reminder", "calendar_confirmation"):
        op.drop_table(table)
    _calendar_day()
    op.execute(
        "INSERT INTO calendar_day"
        " (unit_id, on_date, works, reason, source, version, staff_id, entered_at)"
        " SELECT unit_id, on_date, kind <> 'off', reason, source, version, staff_id, entered_at"
        " FROM calendar_change AS line WHERE kind NOT IN ('cleared', 'hours') AND version ="
        " (SELECT max(version) FROM calendar_change AS newest"
        " WHERE newest.unit_id = line.unit_id AND newest.on_date = line.on_date)"
    )
    op.drop_table("calendar_change")
    op.drop_column("feedback_case", "paused_on")
    op.drop_column("feedback_case", "index_due_on")


def _calendar() -> None:
    op.create_table(
        "calendar_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                *_DAY_CHANGES,
                name="daychange",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("hours", sa.String(60), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("source", sa.String(300), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", UtcDateTime(), nullable=False),
        *_keys("calendar_change", unit_id="unit", staff_id="staff"),
        sa.UniqueConstraint(
            "unit_id", "version", "on_date", name=op.f("uq_calendar_change_unit_id_version_on_date")
        ),
    )
    op.create_table(
        "calendar_confirmation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(300), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", UtcDateTime(), nullable=False),
        *_keys("calendar_confirmation", unit_id="unit", staff_id="staff"),
        sa.UniqueConstraint("unit_id", "year", name=op.f("uq_calendar_confirmation_unit_id_year")),
    )


def _reminders() -> None:
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("rung", sa.String(20), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        *_keys("reminder", case_id="feedback_case"),
        sa.UniqueConstraint(
            "case_id", "due_on", "rung", name=op.f("uq_reminder_case_id_due_on_rung")
        ),
    )
    op.create_table(
        "staff_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("rung", sa.String(20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("urged_by_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=True),
        *_keys("staff_notice", staff_id="staff", case_id="feedback_case", urged_by_id="staff"),
    )
    for column in ("staff_id", "case_id"):
        op.create_index(op.f(f"ix_staff_notice_{column}"), "staff_notice", [column], unique=False)
    op.create_table(
        "late_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("drafted_at", UtcDateTime(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("dropped_at", UtcDateTime(), nullable=True),
        *_keys("late_note", case_id="feedback_case", staff_id="staff"),
        sa.UniqueConstraint(
            "case_id", "due_on", "number", name=op.f("uq_late_note_case_id_due_on_number")
        ),
    )


def _timetable() -> None:
    op.create_table(
        "timetable",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("slot", sa.String(20), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=False),
        *_keys("timetable"),
        sa.UniqueConstraint("name", "slot", name=op.f("uq_timetable_name_slot")),
    )


def _calendar_day() -> None:
    op.create_table(
        "calendar_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("source", sa.String(300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", UtcDateTime(), nullable=False),
        *_keys("calendar_day", unit_id="unit", staff_id="staff"),
        sa.UniqueConstraint("unit_id", "on_date", name=op.f("uq_calendar_day_unit_id_on_date")),
    )
    op.create_index(op.f("ix_calendar_day_version"), "calendar_day", ["version"], unique=False)


def _keys(table: str, **references: str) -> list[sa.Constraint]:
    """Return the primary key and the foreign keys of a table under their usual names."""
    foreign = [
        sa.ForeignKeyConstraint(
            [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}")
        )
        for column, target in references.items()
    ]
    return [sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")), *foreign]
