"""adoptions

Revision ID: 0011
Revises: 0009
Create Date: 2026-11-28 00:34:50.827391

"""

from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = "0011"
down_revision: Union[str, Sequence[str], None] = "0009"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "adoption_contact",
        sa.Column("node_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=43), nullable=False),
        sa.Column("link", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("may_name", sa.Boolean(), nullable=False),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["node_id"],
            ["node.id"],
            name=op.f("fk_adoption_contact_node_id_node"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("node_id", name=op.f("pk_adoption_contact")),
        sa.UniqueConstraint("key", name=op.f("uq_adoption_contact_key")),
        sa.UniqueConstraint("link", name=op.f("uq_adoption_contact_link")),
    )
    with op.batch_alter_table("adoption_contact", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_adoption_contact_confirmed_at"), ["confirmed_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_adoption_contact_email"), ["email"], unique=False)

    op.create_table(
        "adoption_wish",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=43), nullable=False),
        sa.Column("result_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["result_id"],
            ["node.id"],
            name=op.f("fk_adoption_wish_result_id_node"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_adoption_wish")),
        sa.UniqueConstraint("key", name=op.f("uq_adoption_wish_key")),
    )
    with op.batch_alter_table("adoption_wish", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_adoption_wish_created_at"), ["created_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_adoption_wish_email"), ["email"], unique=False)
        batch_op.create_index(batch_op.f("ix_adoption_wish_result_id"), ["result_id"], unique=False)

    op.create_table(
        "content_adoption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("organisation_kind", sa.String(length=20), nullable=True),
        sa.Column("area", sa.String(length=7), nullable=False),
        sa.Column("adopted_on", sa.String(length=10), nullable=True),
        sa.Column("adapted", sa.Text(), nullable=False),
        sa.Column("effect", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("rendered", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["node.id"], name=op.f("fk_content_adoption_id_node"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_adoption")),
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_table("content_adoption")
    with op.batch_alter_table("adoption_wish", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_adoption_wish_result_id"))
        batch_op.drop_index(batch_op.f("ix_adoption_wish_email"))
        batch_op.drop_index(batch_op.f("ix_adoption_wish_created_at"))

    op.drop_table("adoption_wish")
    with op.batch_alter_table("adoption_contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_adoption_contact_email"))
        batch_op.drop_index(batch_op.f("ix_adoption_contact_confirmed_at"))

    op.drop_table("adoption_contact")
