"""publications

Revision ID: 0009
Revises: 0008
Create Date: 2026-11-27 22:43:10.402113

"""

from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = "0009"
down_revision: Union[str, Sequence[str], None] = "0008"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "content_publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("title_lang", sa.String(length=2), nullable=True),
        sa.Column("subtitle", sa.String(length=400), nullable=False),
        sa.Column("publication_kind", sa.String(length=20), nullable=True),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("publishers", sa.JSON(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("series", sa.String(length=80), nullable=False),
        sa.Column("number_in_series", sa.String(length=60), nullable=False),
        sa.Column("isbn", sa.String(length=20), nullable=False),
        sa.Column("issn", sa.String(length=9), nullable=False),
        sa.Column("doi", sa.String(length=200), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("licence", sa.String(length=200), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("abstract", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("rendered", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["node.id"], name=op.f("fk_content_publication_id_node"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_publication")),
    )
    with op.batch_alter_table("content_publication", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_content_publication_code"), ["code"], unique=False)
        batch_op.create_index(batch_op.f("ix_content_publication_series"), ["series"], unique=False)


def downgrade() -> None:
    """Downgrade schema."""
    with op.batch_alter_table("content_publication", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_content_publication_series"))
        batch_op.drop_index(batch_op.f("ix_content_publication_code"))

    op.drop_table("content_publication")
