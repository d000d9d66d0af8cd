"""Every permission and every role of the portal, by name."""

from enum import StrEnum


class Permission(StrEnum):
    """What a view asks for: `subject:action`."""

    VIEW = "content:view"
    EDIT = "content:edit"
    SUBMIT = "content:submit"
    REVIEW = "content:review"
    PUBLISH = "content:publish"
    TRASH = "content:trash"
    RESTORE = "content:restore"


class Role(StrEnum):
    """The principals that an access list names; a person's roles become these."""

    ADMINISTRATOR = "role:administrator"
    PUBLISHER = "role:publisher"
    EDITOR = "role:editor"
    AUTHOR = "role:author"
    READER = "role:reader"
