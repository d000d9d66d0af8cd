"""imports

Revision ID: 0012
Revises: 0010
Create Date: 2026-11-28 01:07:07.959940

"""

from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = "0012"
down_revision: Union[str, Sequence[str], None] = "0010"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "records_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("is_table", sa.Boolean(), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "reading",
                "ready",
                "writing",
                "done",
                "failed",
                name="stage",
                native_enum=False,
                length=10,
            ),
            nullable=False,
        ),
        sa.Column("update", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["account_person.id"],
            name=op.f("fk_records_import_person_id_account_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["section_id"],
            ["node.id"],
            name=op.f("fk_records_import_section_id_node"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_records_import")),
    )
    with op.batch_alter_table("records_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_records_import_at"), ["at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_records_import_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_records_import_section_id"), ["section_id"], unique=False
        )

    op.create_table(
        "records_import_row",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("spoilt", sa.JSON(), nullable=False),
        sa.Column("action", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("node_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("remarks", sa.JSON(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["records_import.id"],
            name=op.f("fk_records_import_row_import_id_records_import"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("import_id", "number", name=op.f("pk_records_import_row")),
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_table("records_import_row")
    with op.batch_alter_table("records_import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_records_import_section_id"))
        batch_op.drop_index(batch_op.f("ix_records_import_person_id"))
        batch_op.drop_index(batch_op.f("ix_records_import_at"))

    op.drop_table("records_import")
