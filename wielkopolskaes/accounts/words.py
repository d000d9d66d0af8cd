"""Roles and permissions as people read them."""

from pyramid.i18n import TranslationString

from wielkopolskaes.i18n import _
from wielkopolskaes.security.permissions import Permission, Role

ROLES: dict[Role, TranslationString] = {
    Role.ADMINISTRATOR: _("Administrator"),
    Role.PUBLISHER: _("Publisher"),
    Role.EDITOR: _("Editor"),
    Role.AUTHOR: _("Author"),
    Role.READER: _("Reader of restricted content"),
    Role.OWNER: _("In whose care it is"),
}
# What can be done with an item, in the order in which it usually is.
DEEDS: dict[Permission, TranslationString] = {
    Permission.VIEW: _("see"),
    Permission.ADD: _("add below"),
    Permission.EDIT: _("change"),
    Permission.ARRANGE: _("move and order"),
    Permission.SUBMIT: _("send for review"),
    Permission.REVIEW: _("review"),
    Permission.PUBLISH: _("publish and withdraw"),
    Permission.TRASH: _("put in the trash"),
    Permission.RESTORE: _("restore"),
}
OFFICE: dict[Permission, TranslationString] = {
    Permission.ACCOUNT: _("their own account"),
    Permission.DESK: _("the desk"),
    Permission.PEOPLE: _("people and roles"),
    Permission.AUDIT: _("the events"),
    Permission.LETTERS: _("the letters"),
    Permission.JOBS: _("the jobs"),
    Permission.SEARCHES: _("what readers look for"),
}
