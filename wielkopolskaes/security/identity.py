"""Who is asking: a person who has logged in, and the roles they have been given."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from wielkopolskaes.security.permissions import Role


class Grant(NamedTuple):
    """A role, and the path of the section it holds in; None means everywhere."""

    role: Role
    path: str | None = None

    def covers(self, path: str) -> bool:
        """Tell whether the grant holds for the item at the path."""
        return self.path is None or is_within(path, self.path)


def is_within(path: str, section: str) -> bool:
    """Tell whether a path is that of a section or of something under it."""
    return section in ("/", path) or path.startswith(f"{section}/")


@dataclass(frozen=True, slots=True)
class Identity:
    """A person with a complete login: `request.identity`.

    `grants` is empty while a second factor that their roles require is missing.
    `confirmed_at` is when they last proved who they are, for what asks for it anew.
    """

    id: int
    name: str
    email: str
    lang: str
    grants: tuple[Grant, ...]
    login_id: int
    confirmed_at: datetime
    second_factor: bool = False

    def roles_at(self, path: str | None, owner_id: int | None = None) -> frozenset[Role]:
        """Name what the person is to the item at a path; without one, what they are everywhere."""
        roles = {
            grant.role
            for grant in self.grants
            if (grant.path is None if path is None else grant.covers(path))
        }
        if owner_id == self.id and roles & _CARERS:
            roles.add(Role.OWNER)
        return frozenset(roles)

    @property
    def roles_anywhere(self) -> frozenset[Role]:
        """Name the roles that the person has in any place."""
        return frozenset(grant.role for grant in self.grants)


_CARERS = frozenset({Role.AUTHOR, Role.EDITOR, Role.PUBLISHER, Role.ADMINISTRATOR})
