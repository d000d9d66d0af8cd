"""people, events, letters

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-22 20:08:15.936672

"""

from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = "0002"
down_revision: Union[str, Sequence[str], None] = "0001"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


# Events are added and, after two years, forgotten; never changed.
APPEND_ONLY = {
    "postgresql": (
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
        "CREATE TRIGGER audit_event_rows BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_event_append_only()",
        "CREATE TRIGGER audit_event_table BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION audit_event_append_only()",
    ),
    "sqlite": (
        "CREATE TRIGGER audit_event_update BEFORE UPDATE ON audit_event BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END",
        "CREATE TRIGGER audit_event_delete BEFORE DELETE ON audit_event WHEN OLD.at >= datetime('now', '-2 years') BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END",
        """
CREATE TRIGGER audit_event_insert BEFORE INSERT ON audit_event
WHEN EXISTS (SELECT 1 FROM audit_event WHERE id = NEW.id OR digest = NEW.digest) BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END
""",
    ),
}
NO_LONGER = {
    "postgresql": (
        "DROP TRIGGER IF EXISTS audit_event_table ON audit_event",
        "DROP TRIGGER IF EXISTS audit_event_rows ON audit_event",
        "DROP FUNCTION IF EXISTS audit_event_append_only()",
    ),
    "sqlite": (
        "DROP TRIGGER IF EXISTS audit_event_update",
        "DROP TRIGGER IF EXISTS audit_event_delete",
        "DROP TRIGGER IF EXISTS audit_event_insert",
    ),
}


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "account_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("limit", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_attempt")),
    )
    op.create_index(
        "ix_account_attempt_key", "account_attempt", ["limit", "key", "at"], unique=False
    )
    op.create_table(
        "account_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("password_set_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("totp_secret", sa.String(length=300), nullable=False),
        sa.Column("totp_enrolled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("totp_step", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_person")),
        sa.UniqueConstraint("email", name=op.f("uq_account_person_email")),
    )
    op.create_table(
        "audit_anchor",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("start", sa.String(length=64), nullable=False),
        sa.Column(
            "newest_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("newest", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_anchor_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_anchor")),
    )
    op.create_table(
        "audit_event",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("network", sa.String(length=45), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
        sa.UniqueConstraint("digest", name=op.f("uq_audit_event_digest")),
    )
    op.create_index("ix_audit_event_action", "audit_event", ["action", "id"], unique=False)
    op.create_index("ix_audit_event_actor", "audit_event", ["actor_id", "id"], unique=False)
    op.create_index("ix_audit_event_at", "audit_event", ["at"], unique=False)
    op.create_index(
        "ix_audit_event_subject", "audit_event", ["subject_kind", "subject_id", "id"], unique=False
    )
    op.create_table(
        "retention_erasure",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_retention_erasure")),
    )
    op.create_table(
        "account_link",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["account_person.id"],
            name=op.f("fk_account_link_person_id_account_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_account_link")),
    )
    op.create_index(op.f("ix_account_link_person_id"), "account_link", ["person_id"], unique=False)
    op.create_table(
        "account_login",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("second_factor", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("device", sa.String(length=80), nullable=False),
        sa.Column("network", sa.String(length=45), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["account_person.id"],
            name=op.f("fk_account_login_person_id_account_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_login")),
        sa.UniqueConstraint("digest", name=op.f("uq_account_login_digest")),
    )
    op.create_index(
        op.f("ix_account_login_person_id"), "account_login", ["person_id"], unique=False
    )
    op.create_table(
        "account_recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["account_person.id"],
            name=op.f("fk_account_recovery_code_person_id_account_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_recovery_code")),
    )
    op.create_index(
        op.f("ix_account_recovery_code_person_id"),
        "account_recovery_code",
        ["person_id"],
        unique=False,
    )
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("template", sa.String(length=200), nullable=False),
        sa.Column("to", sa.String(length=254), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["account_person.id"],
            name=op.f("fk_letter_person_id_account_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("key", name=op.f("uq_letter_key")),
        sa.UniqueConstraint("message_id", name=op.f("uq_letter_message_id")),
    )
    op.create_index("ix_letter_created_at", "letter", ["created_at", "id"], unique=False)
    op.create_index(op.f("ix_letter_person_id"), "letter", ["person_id"], unique=False)
    op.create_table(
        "account_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "ADMINISTRATOR",
                "PUBLISHER",
                "EDITOR",
                "AUTHOR",
                "READER",
                "OWNER",
                name="role",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("node_id", sa.Integer(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["node_id"], ["node.id"], name=op.f("fk_account_role_node_id_node"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["account_person.id"],
            name=op.f("fk_account_role_person_id_account_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_role")),
        sa.UniqueConstraint(
            "person_id", "role", "node_id", name=op.f("uq_account_role_person_id_role_node_id")
        ),
    )
    op.create_index(op.f("ix_account_role_node_id"), "account_role", ["node_id"], unique=False)
    op.create_index(op.f("ix_account_role_person_id"), "account_role", ["person_id"], unique=False)
    op.create_table(
        "newsroom_submission",
        sa.Column("key", sa.String(length=43), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("node_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["node_id"],
            ["node.id"],
            name=op.f("fk_newsroom_submission_node_id_node"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["account_person.id"],
            name=op.f("fk_newsroom_submission_person_id_account_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_newsroom_submission")),
    )
    op.create_index(op.f("ix_newsroom_submission_at"), "newsroom_submission", ["at"], unique=False)
    op.create_index(
        op.f("ix_newsroom_submission_node_id"), "newsroom_submission", ["node_id"], unique=False
    )
    op.create_index(
        op.f("ix_newsroom_submission_person_id"), "newsroom_submission", ["person_id"], unique=False
    )
    with op.batch_alter_table("node") as node:
        node.add_column(
            sa.Column("restricted", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        node.add_column(sa.Column("readable_from", sa.DateTime(timezone=True), nullable=True))
        node.add_column(sa.Column("readable_until", sa.DateTime(timezone=True), nullable=True))
        node.add_column(sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True))
        node.add_column(sa.Column("owner_id", sa.Integer(), nullable=True))
        node.create_index("ix_node_owner", ["owner_id", "updated_at"], unique=False)
        node.create_index("ix_node_state", ["state", "updated_at"], unique=False)
        node.create_foreign_key(
            node.f("fk_node_owner_id_account_person"),
            "account_person",
            ["owner_id"],
            ["id"],
            ondelete="SET NULL",
        )
    for line in APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(line)


def downgrade() -> None:
    """Downgrade schema."""
    for line in NO_LONGER[op.get_bind().dialect.name]:
        op.execute(line)
    with op.batch_alter_table("node") as node:
        node.drop_constraint(node.f("fk_node_owner_id_account_person"), type_="foreignkey")
        node.drop_index("ix_node_state")
        node.drop_index("ix_node_owner")
        node.drop_column("owner_id")
        node.drop_column("trashed_at")
        node.drop_column("readable_until")
        node.drop_column("readable_from")
        node.drop_column("restricted")
    op.drop_index(op.f("ix_newsroom_submission_person_id"), table_name="newsroom_submission")
    op.drop_index(op.f("ix_newsroom_submission_node_id"), table_name="newsroom_submission")
    op.drop_index(op.f("ix_newsroom_submission_at"), table_name="newsroom_submission")
    op.drop_table("newsroom_submission")
    op.drop_index(op.f("ix_account_role_person_id"), table_name="account_role")
    op.drop_index(op.f("ix_account_role_node_id"), table_name="account_role")
    op.drop_table("account_role")
    op.drop_index(op.f("ix_letter_person_id"), table_name="letter")
    op.drop_index("ix_letter_created_at", table_name="letter")
    op.drop_table("letter")
    op.drop_index(op.f("ix_account_recovery_code_person_id"), table_name="account_recovery_code")
    op.drop_table("account_recovery_code")
    op.drop_index(op.f("ix_account_login_person_id"), table_name="account_login")
    op.drop_table("account_login")
    op.drop_index(op.f("ix_account_link_person_id"), table_name="account_link")
    op.drop_table("account_link")
    op.drop_table("retention_erasure")
    op.drop_index("ix_audit_event_subject", table_name="audit_event")
    op.drop_index("ix_audit_event_at", table_name="audit_event")
    op.drop_index("ix_audit_event_actor", table_name="audit_event")
    op.drop_index("ix_audit_event_action", table_name="audit_event")
    op.drop_table("audit_event")
    op.drop_table("audit_anchor")
    op.drop_table("account_person")
    op.drop_index("ix_account_attempt_key", table_name="account_attempt")
    op.drop_table("account_attempt")
