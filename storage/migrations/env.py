"""What alembic runs; the connection comes from `storage.schema`, which also begins and commits."""

from alembic import context

from storage.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
