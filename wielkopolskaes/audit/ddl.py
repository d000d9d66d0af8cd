"""What makes the table of events append-only in the database itself.

Nobody who can write to the database by mistake or through a hole of the portal can change an
event or remove one younger than two years; who owns the database can drop the triggers, and the
chain of digests is there for that. `create_all` and the migrations take the statements from here.
"""

from sqlalchemy import DDL, Table, event

_POSTGRESQL = (
    """
CREATE FUNCTION audit_event_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.at < now() - interval '2 years' THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'audit_event is append-only' USING ERRCODE = 'integrity_constraint_violation';
END
$$
""",
    "CREATE TRIGGER audit_event_rows BEFORE UPDATE OR DELETE ON audit_event "
    "FOR EACH ROW EXECUTE FUNCTION audit_event_append_only()",
    "CREATE TRIGGER audit_event_table BEFORE TRUNCATE ON audit_event "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_event_append_only()",
)
_REFUSE = "BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END"
_SQLITE = (
    f"CREATE TRIGGER audit_event_update BEFORE UPDATE ON audit_event {_REFUSE}",
    "CREATE TRIGGER audit_event_delete BEFORE DELETE ON audit_event "
    f"WHEN OLD.at >= datetime('now', '-2 years') {_REFUSE}",
    # INSERT OR REPLACE would remove the row that it replaces and ask no other trigger.
    f"""
CREATE TRIGGER audit_event_insert BEFORE INSERT ON audit_event
WHEN EXISTS (SELECT 1 FROM audit_event WHERE id = NEW.id OR digest = NEW.digest) {_REFUSE}
""",  # noqa: S608  constant
)
_CREATE = {"postgresql": _POSTGRESQL, "sqlite": _SQLITE}
_DROP = {
    "postgresql": (
        "DROP TRIGGER IF EXISTS audit_event_table ON audit_event",
        "DROP TRIGGER IF EXISTS audit_event_rows ON audit_event",
        "DROP FUNCTION IF EXISTS audit_event_append_only()",
    ),
    "sqlite": tuple(
        f"DROP TRIGGER IF EXISTS audit_event_{when}" for when in ("update", "delete", "insert")
    ),
}


def create_statements(dialect: str) -> tuple[str, ...]:
    """Return the statements to run after the table has been made; none holds `%` or `:name`."""
    return _CREATE[dialect]


def drop_statements(dialect: str) -> tuple[str, ...]:
    """Return the statements to run before the table is dropped."""
    return _DROP[dialect]


def keep_with(table: Table) -> None:
    """Make the triggers whenever the table is made, and drop them before it is dropped."""
    for moment, statements in (("after_create", _CREATE), ("before_drop", _DROP)):
        for dialect, lines in statements.items():
            for line in lines:
                event.listen(table, moment, DDL(line).execute_if(dialect=dialect))
