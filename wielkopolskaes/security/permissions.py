"""Every permission and every role of the portal, by name."""

from enum import StrEnum


class Permission(StrEnum):
    """What a view asks for: `subject:action`."""

    VIEW = "content:view"
    ADD = "content:add"
    EDIT = "content:edit"
    ARRANGE = "content:arrange"
    SUBMIT = "content:submit"
    REVIEW = "content:review"
    PUBLISH = "content:publish"
    TRASH = "content:trash"
    RESTORE = "content:restore"

    ACCOUNT = "account:own"
    DESK = "newsroom:enter"
    PEOPLE = "people:administer"
    AUDIT = "audit:read"
    LETTERS = "letters:read"
    JOBS = "jobs:administer"
    SEARCH = "search:teach"
    ALERTS = "alerts:administer"
    SEARCHES = "search:report"
    IMPORT = "records:import"
    VERSIONS = "versions:withdraw"


class Role(StrEnum):
    """The principals that access lists name.

    All but OWNER are granted to people, everywhere or in one section and all that is under
    it. OWNER is what an author is to the items in their care, and to no others.
    """

    ADMINISTRATOR = "role:administrator"
    PUBLISHER = "role:publisher"
    EDITOR = "role:editor"
    AUTHOR = "role:author"
    READER = "role:reader"
    OWNER = "role:owner"


GRANTED = (Role.ADMINISTRATOR, Role.PUBLISHER, Role.EDITOR, Role.AUTHOR, Role.READER)
STAFF = frozenset({Role.ADMINISTRATOR, Role.PUBLISHER, Role.EDITOR, Role.AUTHOR})
# Who answers for what readers find, and not only for texts of their own.
EDITORS = STAFF - {Role.AUTHOR}
# Whoever can put something before the public, or change who can, proves it with two factors.
TWO_FACTORS = frozenset({Role.ADMINISTRATOR, Role.PUBLISHER})
