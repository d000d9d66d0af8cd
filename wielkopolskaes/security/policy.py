"""The security policy: one answer to "may they?", computed from the state of the thing asked for.

Nobody can log in yet, so every request is a stranger's; the access lists of
`tree.states` already name the roles that people will have.
"""

from typing import Any

from pyramid.authorization import ACLHelper, Everyone
from pyramid.config import Configurator
from pyramid.csrf import CookieCSRFStoragePolicy

from wielkopolskaes.types import Request


class SecurityPolicy:
    """Deny by default: what no access list allows is refused."""

    def __init__(self) -> None:
        self._acl = ACLHelper()

    def identity(self, request: Request) -> None:
        """Return nobody: a stranger."""
        return

    def authenticated_userid(self, request: Request) -> None:
        """Return nobody: a stranger."""
        return

    def permits(self, request: Request, context: Any, permission: str) -> Any:
        """Walk the access lists from the context up."""
        return self._acl.permits(context, self.principals(request), permission)

    def principals(self, request: Request) -> list[str]:
        """Name everything the asker is, for access lists."""
        return [Everyone]

    def remember(self, request: Request, userid: str, **kw: Any) -> list[tuple[str, str]]:
        """Set nothing: there is no login."""
        return []

    def forget(self, request: Request, **kw: Any) -> list[tuple[str, str]]:
        """Clear nothing: there is no login."""
        return []


def includeme(config: Configurator) -> None:
    """Set the policy and refuse unsafe requests without a token."""
    config.set_security_policy(SecurityPolicy())
    config.set_csrf_storage_policy(
        CookieCSRFStoragePolicy(
            secure=config.registry.portal.production, httponly=True, samesite="Lax"
        )
    )
    config.set_default_csrf_options(require_csrf=True)
