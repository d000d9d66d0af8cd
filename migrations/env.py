"""Alembic's environment: the connection always comes from the caller (`wielkopolskaes migrate`)."""

import wielkopolskaes.accounts.models
import wielkopolskaes.alerts.models
import wielkopolskaes.audit.models
import wielkopolskaes.cli.models
import wielkopolskaes.content.loading.models
import wielkopolskaes.jobs.models
import wielkopolskaes.letters.models
import wielkopolskaes.media.models
import wielkopolskaes.newsroom.models
import wielkopolskaes.retention.models
import wielkopolskaes.search.models
from alembic import context
from wielkopolskaes.content import TYPES
from wielkopolskaes.db import Base
from wielkopolskaes.db.types import UTCDateTime

for name in TYPES:
    __import__(f"wielkopolskaes.content.{name}.models")


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
