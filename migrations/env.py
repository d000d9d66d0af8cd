"""Alembic's environment: the connection always comes from the caller (`wielkopolskaes migrate`)."""

from importlib import import_module
from pathlib import Path

import wielkopolskaes
from alembic import context
from wielkopolskaes.db import Base
from wielkopolskaes.db.types import UTCDateTime

# Every table is in a module of this name, so none can be forgotten here.
PACKAGE = Path(wielkopolskaes.__file__).parent
for file in PACKAGE.rglob("models.py"):
    import_module(".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts))


def render_item(type_, obj, autogen_context):
    """Write our column types as what they are in the database: revisions import no package."""
    if type_ == "type" and isinstance(obj, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=render_item,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
