"""Every action that an event can tell of, as people read it: "Ewa Próba changed an address: …"."""

from pyramid.i18n import TranslationString

from wielkopolskaes.i18n import _

ACTIONS: dict[str, TranslationString] = {
    "item.added": _("added an item"),
    "item.edited": _("edited an item"),
    "item.file_replaced": _("replaced a file"),
    "item.renamed": _("changed an address"),
    "item.moved": _("moved an item"),
    "item.reordered": _("changed the order in a section"),
    "item.state_changed": _("changed a state"),
    "item.access_changed": _("changed who may see an item"),
    "item.handed_over": _("handed an item over"),
    "item.trashed": _("put an item in the trash"),
    "item.restored": _("restored an item from the trash"),
    "item.purged": _("deleted an item for good"),
    "records.imported": _("imported records from a file"),
    "version.withdrawn": _("took a public version of a record away"),
    "person.invited": _("invited a person"),
    "person.joined": _("accepted an invitation"),
    "person.changed": _("changed a person's data"),
    "person.closed": _("closed an account"),
    "person.reopened": _("opened an account again"),
    "person.erased": _("removed a person's data"),
    "role.granted": _("gave a role"),
    "role.revoked": _("took a role away"),
    "login.succeeded": _("logged in"),
    "login.failed": _("tried to log in in vain"),
    "login.confirmed": _("confirmed who they are"),
    "confirmation.failed": _("tried to confirm who they are in vain"),
    "login.ended": _("ended a login"),
    "logins.ended": _("ended logins"),
    "password.reset_asked": _("asked for a new password"),
    "password.changed": _("changed a password"),
    "second_factor.failed": _("gave a wrong code of the second factor"),
    "second_factor.enrolled": _("turned on the second factor"),
    "second_factor.removed": _("turned off the second factor"),
    "recovery_codes.made": _("made new recovery codes"),
    "recovery_code.used": _("used a recovery code"),
    "letter.sent_again": _("sent a letter again"),
    "job.retried": _("tried a job again"),
    "job.dropped": _("gave a job up"),
    "jobs.retried": _("tried all failed jobs again"),
    "promotion.added": _("promoted an item in the search"),
    "promotion.changed": _("changed a promotion in the search"),
    "promotion.moved": _("changed the order of promotions in the search"),
    "promotion.removed": _("ended a promotion in the search"),
    "synonyms.added": _("added synonyms to the search"),
    "synonyms.changed": _("changed synonyms of the search"),
    "synonyms.switched_on": _("switched synonyms of the search on"),
    "synonyms.switched_off": _("switched synonyms of the search off"),
    "synonyms.restored": _("restored synonyms of the search as they were shipped"),
    "synonyms.removed": _("removed synonyms from the search"),
    "events.exported": _("exported the events of a person"),
    "events.forgotten": _("deleted events older than two years"),
    "backup.restored": _("restored a backup"),
    "secret.rotated": _("changed the portal's secret"),
    "alerts.looked_up": _("looked up the notifications of an address"),
    "alerts.erased": _("deleted the notifications of an address"),
    "retention.applied": _("deleted data whose time was over"),
}


def label(action: str) -> TranslationString | str:
    """Say what an action is called; one that later versions know keeps its own name."""
    return ACTIONS.get(action, action)
