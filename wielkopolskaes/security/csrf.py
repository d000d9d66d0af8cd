"""The token that every unsafe request must bring."""

from pyramid.config import Configurator
from pyramid.csrf import CookieCSRFStoragePolicy


def includeme(config: Configurator) -> None:
    """Refuse unsafe requests without the token, whatever view they are for."""
    config.set_csrf_storage_policy(
        CookieCSRFStoragePolicy(
            secure=config.registry.portal.production, httponly=True, samesite="Lax"
        )
    )
    config.set_default_csrf_options(require_csrf=True)
