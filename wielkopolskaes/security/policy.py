"""The security policy: one answer to "may they?", computed from the state of the thing asked for.

docs/permissions.md follows one request through it. Who is asking comes from the login that
`accounts.sessions` finds; what they are to an item, from `access`.
"""

from typing import Any

from pyramid.authorization import ACLHelper
from pyramid.config import Configurator
from pyramid.request import RequestLocalCache

from wielkopolskaes.security.identity import Identity
from wielkopolskaes.types import Request


class SecurityPolicy:
    """Deny by default: what no access list allows is refused."""

    def __init__(self) -> None:
        self._acl = ACLHelper()
        self._identities: RequestLocalCache[Identity | None] = RequestLocalCache(_load)

    def identity(self, request: Request) -> Identity | None:
        """Return the person with a complete login, looked up once in a request."""
        return self._identities.get_or_create(request)

    def authenticated_userid(self, request: Request) -> int | None:
        """Return the number of the person who is logged in."""
        identity = self.identity(request)
        return identity.id if identity else None

    def permits(self, request: Request, context: Any, permission: str) -> Any:
        """Read the context's access list; those of items never go on to the item above."""
        from wielkopolskaes.security.access import principals

        return self._acl.permits(context, principals(self.identity(request), context), permission)

    def remember(self, request: Request, userid: str, **kw: Any) -> list[tuple[str, str]]:
        """Set nothing: logins are begun and ended by the verbs of `accounts`."""
        return []

    def forget(self, request: Request, **kw: Any) -> list[tuple[str, str]]:
        """Clear nothing."""
        return []


def _load(request: Request) -> Identity | None:
    from wielkopolskaes.accounts.sessions import find_identity

    return find_identity(request)


def includeme(config: Configurator) -> None:
    """Set the policy and refuse unsafe requests without a token."""
    config.set_security_policy(SecurityPolicy())
    config.include("wielkopolskaes.security.csrf")
