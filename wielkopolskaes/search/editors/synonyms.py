"""The pages of words that mean the same."""

from collections.abc import Sequence
from typing import Any

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.response import Response

from wielkopolskaes.forms import Form
from wielkopolskaes.forms.posted import posted
from wielkopolskaes.i18n import _
from wielkopolskaes.search.editors import HOME
from wielkopolskaes.search.editors.pages import add_pages, page_values, taken
from wielkopolskaes.search.editors.schemas import group_schema, lines
from wielkopolskaes.search.teaching import drop_group, switch_group, write_group
from wielkopolskaes.search.wording import Group, clashes, groups
from wielkopolskaes.tree.services import lock_tree
from wielkopolskaes.types import Request

LIST = f"{HOME}/synonimy"
TITLE, NEW, CHANGE = _("Synonyms"), _("Add synonyms"), _("Change synonyms")


def show_groups(request: Request) -> dict[str, Any]:
    """List all groups: those of the portal, and editors' own."""
    return page_values(request, TITLE) | {"groups": _groups(request)}


def ask_new(request: Request) -> dict[str, Any]:
    """Show the form of a new group."""
    return page_values(request, NEW) | {"form": _form(request).render()}


def add_new(request: Request) -> dict[str, Any] | Response:
    """Add a group."""
    lock_tree(request.dbsession)
    return _take(request, NEW, None)


def ask_change(request: Request) -> dict[str, Any]:
    """Show the form of a group, with what keeps it from being switched on."""
    group = _group(request)
    form = _form(request).render({"phrases": "\n".join(group.phrases)})
    if problem := _clash(group.phrases, _others(request, group)):
        form.refused({"phrases": problem})
    return page_values(request, CHANGE) | {"form": form}


def change(request: Request) -> dict[str, Any] | Response:
    """Change a group."""
    lock_tree(request.dbsession)
    return _take(request, CHANGE, _group(request))


def switch(request: Request) -> dict[str, Any] | Response:
    """Switch a group on or off; on again only where no other group has taken its words."""
    lock_tree(request.dbsession)
    group, enabled = _group(request), posted(request, "stan") == "tak"
    if enabled and _clash(group.phrases, _others(request, group)):
        return HTTPSeeOther(f"{LIST}/{group.key}")
    switch_group(request.dbsession, group, enabled=enabled)
    return HTTPSeeOther(f"{LIST}?gotowe={'on' if enabled else 'off'}")


def drop(request: Request) -> Response:
    """Take what editors have written away."""
    lock_tree(request.dbsession)
    group = _group(request)
    drop_group(request.dbsession, group)
    return HTTPSeeOther(f"{LIST}?gotowe={'restored' if group.shipped else 'dropped'}")


def _take(request: Request, title: Any, group: Group | None) -> dict[str, Any] | Response:
    form = _form(request)

    def write(data: dict[str, Any]) -> str:
        phrases = lines(data["phrases"])
        if problem := _clash(phrases, _others(request, group)):
            raise form.refused({"phrases": problem})
        write_group(request.dbsession, group, phrases)
        return f"{LIST}?gotowe=written"

    return taken(request, title, form, write)


def _clash(phrases: Sequence[str], others: Sequence[Group]) -> Any:
    """Name a phrase that another group has, and that group; nothing if there is none."""
    for words, other in clashes(phrases, others):
        taken_by = next(group for group in others if other in group.phrases)
        return _("“${words}” stands in another group already: ${group}. Change that one, or "
                 "switch it off first.",
                 mapping={"words": words, "group": ", ".join(taken_by.phrases)})  # fmt: skip
    return None


def _others(request: Request, group: Group | None) -> list[Group]:
    key = group.key if group else ""
    return [each for each in _groups(request) if each.key != key]


def _form(request: Request) -> Form:
    return Form(group_schema(), request, submit=_("Save these words"))


def _groups(request: Request) -> list[Group]:
    return groups(request.dbsession, request.registry)


def _group(request: Request) -> Group:
    key = request.matchdict["id"]
    found = next((group for group in _groups(request) if group.key == key), None)
    if found is None:
        raise HTTPNotFound
    return found


def includeme(config: Configurator) -> None:
    """Add the pages."""
    one, new = f"{LIST}/{{id:[0-9a-f]{{1,12}}}}", f"{LIST}/nowe"
    add_pages(
        config,
        ("desk.synonyms", LIST, "GET", show_groups, "synonyms"),
        ("desk.synonyms_new", new, "GET", ask_new, "form"),
        ("desk.synonyms_new", new, "POST", add_new, "form"),
        ("desk.synonyms_edit", one, "GET", ask_change, "form"),
        ("desk.synonyms_edit", one, "POST", change, "form"),
        ("desk.synonyms_switch", f"{one}/stan", "POST", switch, ""),
        ("desk.synonyms_drop", f"{one}/usun", "POST", drop, ""),
    )
