"""What a page says after a change: the address names it, the words are ours."""

from wielkopolskaes.i18n import _
from wielkopolskaes.types import Request

DONE = {
    "dane": _("The changes have been saved."),
    "haslo": _("The password has been changed."),
    "logowania": _("The logins have been ended."),
    "kod": _("The second factor has been turned off."),
    "zaproszenie": _("The invitation has been sent."),
    "rola": _("The roles have been changed. The person has to log in again."),
    "otwarcie": _("The account is open again, and an invitation has been sent."),
}
REFUSED = {
    "administrator": _("Nobody else could administer the portal, so this has not been done."),
    "rola-nie": _("This role cannot be given there, or has been given already."),
    "zajety": _("Somebody has an account with this address already."),
    "adres": _("Write an e-mail address such as anna.nowak@example.org."),
    "nazwisko": _("Write the first name and surname."),
}


def notices(request: Request) -> list[dict[str, str]]:
    """Return what the layout of the desk shows at the top."""
    found = []
    for words, tone, name in ((DONE, "ok", "zrobiono"), (REFUSED, "bad", "odmowa")):
        said = words.get(request.GET.get(name, ""))
        if said is not None:
            found.append({"tone": tone, "text": request.localizer.translate(said)})
    return found
