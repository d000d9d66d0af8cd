"""Who did something, in words: a person by name; a command, a job or the portal by what it is."""

from pyramid.i18n import TranslationString

from wielkopolskaes.audit.models import Event
from wielkopolskaes.audit.queries import Told
from wielkopolskaes.i18n import _


def actor_words(event: Event | Told, *, whole: bool = False) -> TranslationString | str:
    """Name whoever did it; only `whole` tells which user of the machine gave a command."""
    if event.actor_id is not None:
        return event.actor
    kind, _space, name = event.actor.partition(" ")
    if kind == "command":
        name = name if whole else name.partition(" (")[0]
        return _("The command ${name}", mapping={"name": name})
    if kind == "job":
        return _("The job ${name}", mapping={"name": name})
    if event.actor == "system":
        return _("The portal")
    return event.actor or _("Somebody who is not logged in")
