from tests.retention.conftest import add, registry, somebody  # noqa: F401  a portal that commits
