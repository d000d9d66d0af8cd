"""The security policy: one answer to "may they?", computed from the state of the thing asked for.

Nobody can log in yet, so every request is a stranger's; the access lists of
`tree.states` already name the roles that people will have.
"""

from typing import Any

from pyramid.authorization import ACLHelper, Everyone
from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPForbidden, HTTPNotFound
from pyramid.view import forbidden_view_config

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


@forbidden_view_config()
def hide(exc: HTTPForbidden, request: Request) -> Any:
    """Answer a stranger as if the thing were not there: a 403 would tell that it is."""
    return request.invoke_exception_view((HTTPNotFound, HTTPNotFound(), None), reraise=True)


def includeme(config: Configurator) -> None:
    """Set the policy and refuse unsafe requests without a token."""
    config.set_security_policy(SecurityPolicy())
    config.scan(__name__)
