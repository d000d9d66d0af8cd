"""the change log of the search

Revision ID: 0003
Revises: 0002
Create Date: 2026-11-27 18:32:00.000000

"""

from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = "0003"
down_revision: Union[str, Sequence[str], None] = "0002"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema; every item that there is waits for the index."""
    op.create_table(
        "search_change",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("node_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_search_change")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_search_change_at"), "search_change", ["at"], unique=False)
    op.execute(
        "INSERT INTO search_change (node_id, at) SELECT id, CURRENT_TIMESTAMP FROM node ORDER BY id"
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index(op.f("ix_search_change_at"), table_name="search_change")
    op.drop_table("search_change")
