"""Who may do what, and what no stranger gets past: permissions, policy, edge of the portal."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Set the policy; `edge` stands around the whole application and is put there by `main`."""
    config.include("wielkopolskaes.security.policy")
