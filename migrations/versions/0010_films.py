"""films

Revision ID: 0010
Revises: 0011
Create Date: 2026-11-28 00:38:53.614778

"""

from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = "0010"
down_revision: Union[str, Sequence[str], None] = "0011"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "content_film",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("film_kind", sa.String(length=20), nullable=True),
        sa.Column("producers", sa.JSON(), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("duration", sa.Integer(), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("subjects", sa.JSON(), nullable=False),
        sa.Column("licence", sa.String(length=200), nullable=False),
        sa.Column("availability", sa.String(length=8), nullable=True),
        sa.Column("embed", sa.String(length=500), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("tracks", sa.JSON(), nullable=False),
        sa.Column("other_captions", sa.JSON(), nullable=False),
        sa.Column("transcript", sa.Text(), nullable=False),
        sa.Column("chapters", sa.JSON(), nullable=False),
        sa.Column("versions", sa.JSON(), nullable=False),
        sa.Column("plan_on", sa.Date(), nullable=True),
        sa.Column("plan_reason", sa.Text(), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("title_lang", sa.String(length=2), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("rendered", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["node.id"], name=op.f("fk_content_film_id_node"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_film")),
    )
    with op.batch_alter_table("content_film", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_content_film_code"), ["code"], unique=False)
        batch_op.create_index(batch_op.f("ix_content_film_plan_on"), ["plan_on"], unique=False)


def downgrade() -> None:
    """Downgrade schema."""
    with op.batch_alter_table("content_film", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_content_film_plan_on"))
        batch_op.drop_index(batch_op.f("ix_content_film_code"))

    op.drop_table("content_film")
