"""People: invitations, logins, second factor, roles."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Add the pages of the account and of the administration of people."""
