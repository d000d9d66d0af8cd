"""Alembic's environment: the connection always comes from the caller (`wielkopolskaes migrate`)."""

import wielkopolskaes.cli.models
import wielkopolskaes.jobs.models
import wielkopolskaes.media.models
import wielkopolskaes.content.loading.models
from alembic import context
from wielkopolskaes.content import TYPES
from wielkopolskaes.db import Base

for name in TYPES:
    __import__(f"wielkopolskaes.content.{name}.models")

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=context.config.attributes["connection"].dialect.name == "sqlite",
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
