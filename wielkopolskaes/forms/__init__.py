"""deform on Jinja2: accessible forms that keep what was typed."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Add what the templates of forms need."""
