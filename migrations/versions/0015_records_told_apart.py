"""records that were told apart

Revision ID: 0015
Revises: 0014
Create Date: 2026-11-28 01:40:00.000000

"""

from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = "0015"
down_revision: Union[str, Sequence[str], None] = "0014"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "records_distinct",
        sa.Column("first_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("second_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["first_id"],
            ["node.id"],
            name=op.f("fk_records_distinct_first_id_node"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["second_id"],
            ["node.id"],
            name=op.f("fk_records_distinct_second_id_node"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("first_id", "second_id", name=op.f("pk_records_distinct")),
    )
    with op.batch_alter_table("records_distinct", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_records_distinct_second_id"), ["second_id"], unique=False
        )


def downgrade() -> None:
    """Downgrade schema."""
    with op.batch_alter_table("records_distinct", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_records_distinct_second_id"))

    op.drop_table("records_distinct")
