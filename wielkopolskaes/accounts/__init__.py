"""People: invitations, logins, second factor, roles."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Add the pages of the account and of the administration of people."""
    from wielkopolskaes.accounts.passwords import Passwords
    from wielkopolskaes.security.office import Office

    config.registry.passwords = Passwords()
    for name, path in (("login", "/zaloguj"), ("logout", "/wyloguj")):
        config.add_route(f"account.{name}", path, factory=Office)
    config.scan("wielkopolskaes.accounts.views")
