"""What is asked for on pages that show no item: the desk, one's account, people, events, jobs."""

from pyramid.authorization import DENY_ALL, Allow, Authenticated

from wielkopolskaes.security.permissions import EDITORS, STAFF, Permission, Role
from wielkopolskaes.types import Request

ADMINISTRATION = (
    Permission.PEOPLE, Permission.AUDIT, Permission.LETTERS, Permission.JOBS, Permission.ALERTS,
    Permission.VERSIONS,
)  # fmt: skip


def anywhere(role: Role) -> str:
    """Name the principal of somebody who has the role in at least one place."""
    return f"anywhere:{role}"


class Office:
    """The context of such routes: `config.add_route(…, factory=Office)`."""

    __name__ = ""
    __parent__ = None

    def __init__(self, request: Request) -> None:
        self.request = request

    __acl__ = (
        (Allow, Authenticated, Permission.ACCOUNT),
        *((Allow, anywhere(role), Permission.DESK) for role in sorted(STAFF)),
        *((Allow, anywhere(role), Permission.SEARCHES) for role in sorted(EDITORS)),
        *((Allow, anywhere(role), Permission.IMPORT) for role in sorted(EDITORS)),
        *((Allow, Role.ADMINISTRATOR, permission) for permission in ADMINISTRATION),
        # What changes the searches of the whole portal needs a role that holds everywhere.
        *((Allow, role, Permission.SEARCH) for role in sorted(EDITORS)),
        DENY_ALL,
    )
