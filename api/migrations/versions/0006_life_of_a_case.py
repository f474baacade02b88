"""The life of a case: departments, more states and facts, followers, ratings, records of handing
over; and a history that the database itself keeps from being changed.

Revision ID: 0006_life
Revises: 0005_clock
"""

import sqlalchemy as sa
from alembic import op

from api.db import UtcDateTime

revision = "0006_life"
down_revision = "0005_clock"
branch_labels = None
depends_on = None

_OLD_STATES = ("received", "in_progress", "answered", "published", "withheld")
_STATES = (
    *("received", "in_progress", "supplement", "transferred", "drafted", "answered"),
    *("published", "withheld", "refused", "withdrawn", "merged"),
)
_OLD_ROLES = ("officer", "leader", "admin")
_ROLES = ("officer", "head", "leader", "admin")
_POINTERS = {
    "department_id": "department",
    "owner_id": "staff",
    "leader_id": "staff",
    "merged_into_id": "feedback_case",
    "split_from_id": "feedback_case",
}
_CHOICES = {
    "competence": ("own", "other"),
    "verdict": ("right", "partly", "wrong", "unproven"),
}


def upgrade() -> None:
    """Make the tables and columns; give every case the department that receives."""
    _make_department()
    _point("staff", "department_id", "department")
    op.create_index(op.f("ix_staff_department_id"), "staff", ["department_id"])
    op.add_column(
        "staff",
        sa.Column("denunciations", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    _allow("staff", "role", _OLD_ROLES, _ROLES)
    for column in _columns():
        op.add_column("feedback_case", column)
    for column_name, target in _POINTERS.items():
        _point("feedback_case", column_name, target)
    for column_name, values in _CHOICES.items():
        op.execute(
            f"ALTER TABLE feedback_case ADD COLUMN {column_name} VARCHAR(40) "
            f"CONSTRAINT ck_feedback_case_{column_name} CHECK ({_one_of(column_name, values)})"
        )
    for indexed in ("department_id", "owner_id"):
        op.create_index(op.f(f"ix_feedback_case_{indexed}"), "feedback_case", [indexed])
    _allow("feedback_case", "state", _OLD_STATES, _STATES)
    _give_cases_a_department()
    _make_facts()
    _make_handoffs()
    _guard_history()


def downgrade() -> None:
    """Take everything back; what stands in the new columns is lost."""
    _free_history()
    for name in ("handoff_viewing", "handoff", "rating", "follower", "answer_draft"):
        op.drop_table(name)
    for indexed in ("owner_id", "department_id"):
        op.drop_index(op.f(f"ix_feedback_case_{indexed}"), "feedback_case")
    _allow("feedback_case", "state", _STATES, _OLD_STATES)
    for name in (*_CHOICES, *_POINTERS, *(column.name for column in _columns())):
        op.execute(f"ALTER TABLE feedback_case DROP COLUMN {name}")
    _allow("staff", "role", _ROLES, _OLD_ROLES)
    op.execute("ALTER TABLE staff DROP COLUMN denunciations")
    op.drop_index(op.f("ix_staff_department_id"), "staff")
    op.execute("ALTER TABLE staff DROP COLUMN department_id")
    op.drop_table("department")


def _columns() -> tuple[sa.Column[object], ...]:
    """Return the plain columns that a case gets."""
    return (
        sa.Column("product", sa.String(200), nullable=False, server_default=sa.text("''")),
        sa.Column("field", sa.String(120), nullable=False, server_default=sa.text("''")),
        sa.Column("authority", sa.String(200), nullable=False, server_default=sa.text("''")),
        sa.Column("external_code", sa.String(60), nullable=False, server_default=sa.text("''")),
        sa.Column("transferred_on", sa.Date(), nullable=True),
        sa.Column("restricted", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def _on_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def _point(table: str, column: str, target: str) -> None:
    """Add a column that points to a row of another table."""
    name = f"fk_{table}_{column}_{target}"
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {column} INTEGER "
        f"CONSTRAINT {name} REFERENCES {target} (id)"
    )


def _allow(table: str, column: str, old: tuple[str, ...], new: tuple[str, ...]) -> None:
    """Let a column hold other values.

    SQLite cannot change a check, and copying a table that others point to needs their rows gone;
    so the words of the check are replaced in the schema, which its makers describe for the case
    that nothing on disk changes (https://www.sqlite.org/lang_altertable.html).
    """
    if not _on_sqlite():
        name = f"ck_{table}_{column}"
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({_one_of(column, new)})")
        return
    bind = op.get_bind()
    version = bind.exec_driver_sql("PRAGMA schema_version").scalar_one()
    bind.exec_driver_sql("PRAGMA writable_schema=ON")
    changed = bind.exec_driver_sql(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = ?",
        (_one_of(column, old), _one_of(column, new), table),
    )
    if changed.rowcount != 1:
        raise RuntimeError(f"no check of {table}.{column} to change")
    bind.exec_driver_sql(f"PRAGMA schema_version={version + 1}")
    bind.exec_driver_sql("PRAGMA writable_schema=OFF")


def _make_department() -> None:
    op.create_table(
        "department",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("reception", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_department_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_department")),
        sa.UniqueConstraint("unit_id", "name", name=op.f("uq_department_unit_id_name")),
    )
    op.create_index(op.f("ix_department_unit_id"), "department", ["unit_id"])


def _give_cases_a_department() -> None:
    op.execute(
        "INSERT INTO department (unit_id, name, reception, active, created_at) "
        "SELECT id, 'Bộ phận tiếp nhận', true, true, CURRENT_TIMESTAMP FROM unit"
    )
    op.execute(
        "UPDATE feedback_case SET department_id = "
        "(SELECT d.id FROM department d WHERE d.unit_id = feedback_case.unit_id)"
    )


def _made(name: str, *columns: sa.Column[object], case: bool = True) -> list[sa.schema.SchemaItem]:
    """Return the columns every fact of a case has, with their constraints, and more columns."""
    own: list[sa.schema.SchemaItem] = [sa.Column("id", sa.Integer(), nullable=False)]
    if case:
        own += [
            sa.Column("case_id", sa.Integer(), nullable=False),
            _foreign(name, "case_id", "feedback_case"),
        ]
    return [*own, *columns, sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}"))]


def _foreign(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name)


def _make_facts() -> None:
    op.create_table(
        "answer_draft",
        *_made(
            "answer_draft",
            sa.Column("staff_id", sa.Integer(), nullable=False),
            sa.Column("text", sa.String(), nullable=False),
            sa.Column("drafted_at", UtcDateTime(), nullable=False),
        ),
        _foreign("answer_draft", "staff_id", "staff"),
        sa.UniqueConstraint("case_id", name=op.f("uq_answer_draft_case_id")),
    )
    op.create_table(
        "follower",
        *_made(
            "follower",
            sa.Column("chat_id", sa.Integer(), nullable=False),
            sa.Column("citizen_id", sa.Integer(), nullable=False),
            sa.Column("since", UtcDateTime(), nullable=False),
        ),
        _foreign("follower", "chat_id", "chat"),
        _foreign("follower", "citizen_id", "citizen"),
        sa.UniqueConstraint("case_id", "chat_id", name=op.f("uq_follower_case_id_chat_id")),
    )
    for indexed in ("case_id", "chat_id"):
        op.create_index(op.f(f"ix_follower_{indexed}"), "follower", [indexed])
    op.create_table(
        "rating",
        *_made(
            "rating",
            sa.Column("satisfied", sa.Boolean(), nullable=False),
            sa.Column("at", UtcDateTime(), nullable=False),
        ),
        sa.UniqueConstraint("case_id", name=op.f("uq_rating_case_id")),
    )


def _make_handoffs() -> None:
    matters = sa.Enum(
        *("complaint", "denunciation", "emergency"),
        name="matter",
        native_enum=False,
        create_constraint=True,
        length=40,
    )
    op.create_table(
        "handoff",
        *_made(
            "handoff",
            sa.Column("unit_id", sa.Integer(), nullable=False),
            sa.Column("matter", matters, nullable=False),
            sa.Column("channel", sa.String(20), nullable=False),
            sa.Column("chat_id", sa.Integer(), nullable=True),
            sa.Column("case_id", sa.Integer(), nullable=True),
            sa.Column("told", sa.String(60), nullable=False),
            sa.Column("words", sa.String(), nullable=False),
            sa.Column("at", UtcDateTime(), nullable=False),
            case=False,
        ),
        _foreign("handoff", "unit_id", "unit"),
        _foreign("handoff", "chat_id", "chat"),
        _foreign("handoff", "case_id", "feedback_case"),
    )
    for indexed in ("unit_id", "matter", "chat_id", "at"):
        op.create_index(op.f(f"ix_handoff_{indexed}"), "handoff", [indexed])
    op.create_table(
        "handoff_viewing",
        *_made(
            "handoff_viewing",
            sa.Column("staff_id", sa.Integer(), nullable=False),
            sa.Column("handoff_id", sa.Integer(), nullable=False),
            sa.Column("at", UtcDateTime(), nullable=False),
            case=False,
        ),
        _foreign("handoff_viewing", "staff_id", "staff"),
        _foreign("handoff_viewing", "handoff_id", "handoff"),
    )
    op.create_index(op.f("ix_handoff_viewing_handoff_id"), "handoff_viewing", ["handoff_id"])


def _guard_history() -> None:
    """Let the database refuse every change of a history."""
    if _on_sqlite():
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER case_event_no_{deed.lower()} BEFORE {deed} ON case_event "
                "BEGIN SELECT RAISE(ABORT, 'the history of a case is never changed'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION case_event_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the history of a case is never changed'; END $$"
    )
    op.execute(
        "CREATE TRIGGER case_event_is_kept BEFORE UPDATE OR DELETE ON case_event "
        "FOR EACH ROW EXECUTE FUNCTION case_event_is_kept()"
    )


def _free_history() -> None:
    if _on_sqlite():
        for deed in ("update", "delete"):
            op.execute(f"DROP TRIGGER case_event_no_{deed}")
        return
    op.execute("DROP TRIGGER case_event_is_kept ON case_event")
    op.execute("DROP FUNCTION case_event_is_kept()")
