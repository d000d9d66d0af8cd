"""alerts about new results of searches

Revision ID: 0005
Revises: 0004
Create Date: 2026-11-27 21:04:16.005592

"""

from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = "0005"
down_revision: Union[str, Sequence[str], None] = "0004"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "alert_reader",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("refusals", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_reader")),
        sa.UniqueConstraint("email", name=op.f("uq_alert_reader_email")),
        sa.UniqueConstraint("key", name=op.f("uq_alert_reader_key")),
    )
    op.create_table(
        "alert_wish",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column(
            "frequency",
            sa.Enum("at_once", "daily", "weekly", name="frequency", native_enum=False, length=10),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_alert_wish")),
    )
    with op.batch_alter_table("alert_wish", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alert_wish_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_alert_wish_email"), ["email"], unique=False)

    op.create_table(
        "alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column(
            "frequency",
            sa.Enum("at_once", "daily", "weekly", name="frequency", native_enum=False, length=10),
            nullable=False,
        ),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("since_seq", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reader_id"],
            ["alert_reader.id"],
            name=op.f("fk_alert_reader_id_alert_reader"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint("key", name=op.f("uq_alert_key")),
    )
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alert_reader_id"), ["reader_id"], unique=False)

    op.create_table(
        "alert_appearance",
        sa.Column("node_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["node_id"],
            ["node.id"],
            name=op.f("fk_alert_appearance_node_id_node"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("node_id", name=op.f("pk_alert_appearance")),
    )
    op.create_table(
        "alert_waiting",
        sa.Column("alert_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("node_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["alert_id"],
            ["alert.id"],
            name=op.f("fk_alert_waiting_alert_id_alert"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["node_id"], ["node.id"], name=op.f("fk_alert_waiting_node_id_node"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("alert_id", "node_id", name=op.f("pk_alert_waiting")),
    )
    with op.batch_alter_table("alert_waiting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alert_waiting_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_alert_waiting_node_id"), ["node_id"], unique=False)

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("unsubscribe", sa.String(length=300), server_default="", nullable=False)
        )
    # The default was for the letters that there are.
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.alter_column("unsubscribe", server_default=None)


def downgrade() -> None:
    """Downgrade schema."""
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_column("unsubscribe")

    with op.batch_alter_table("alert_waiting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alert_waiting_node_id"))
        batch_op.drop_index(batch_op.f("ix_alert_waiting_at"))

    op.drop_table("alert_waiting")
    op.drop_table("alert_appearance")
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alert_reader_id"))

    op.drop_table("alert")
    with op.batch_alter_table("alert_wish", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alert_wish_email"))
        batch_op.drop_index(batch_op.f("ix_alert_wish_created_at"))

    op.drop_table("alert_wish")
    op.drop_table("alert_reader")
