"""The pages on which items are added and changed."""

from typing import Any

from pyramid.httpexceptions import HTTPForbidden, HTTPNotFound
from pyramid.response import Response
from pyramid.view import view_config

from wielkopolskaes.clock import day_of
from wielkopolskaes.content.registry import ContentType, type_of
from wielkopolskaes.forms import Form, Refused
from wielkopolskaes.forms.posted import posted
from wielkopolskaes.i18n import _
from wielkopolskaes.newsroom.arranging.answers import TEMPLATES, desk_values, done, item_crumbs
from wielkopolskaes.newsroom.editing import kinds, services
from wielkopolskaes.newsroom.editing.conflicts import Opened, conflict_page, opened_by
from wielkopolskaes.newsroom.editing.doubles import check_doubles
from wielkopolskaes.newsroom.editing.pages import edit_page, surroundings
from wielkopolskaes.newsroom.editing.schemas import form_schema, shown_schema
from wielkopolskaes.newsroom.editing.slugs import free_slug
from wielkopolskaes.newsroom.editing.submissions import is_key, new_key
from wielkopolskaes.newsroom.editing.values import digests_of, load_whole, stored_values
from wielkopolskaes.newsroom.resources import desk_path
from wielkopolskaes.security.access import may
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.paths import PathTooLong
from wielkopolskaes.tree.slugs import SlugInvalid, SlugReserved, SlugTaken
from wielkopolskaes.types import Request

WRONG = {
    SlugInvalid: ("slug", _("Use small letters a–z, digits and single hyphens, at most 100.")),
    SlugReserved: ("slug", _("The portal itself answers at this address. Choose another one.")),
    SlugTaken: ("slug", _("Something is at this address already. Choose another one.")),
    PathTooLong: ("slug", _("The whole address would be too long. Choose a shorter one.")),
    services.TranslationTaken: (
        "translation_key",
        _("Another item has this key in the same language. Change the key or the language."),
    ),
}


@view_config(
    route_name="desk.add", permission=Permission.ADD, request_method="GET",
    renderer=f"{TEMPLATES}/add.jinja2",
)  # fmt: skip
def choose_kind(context: Node, request: Request) -> dict[str, Any]:
    """Ask what is to be added, of what makes sense here."""
    values = desk_values(request, _("Add something"), *item_crumbs(request, context))
    load_whole(request.dbsession, context)
    offers = kinds.offers(request.registry, context, context.card.get("listing", ""))
    return values | {"under": context, "offers": offers, "desk_path": desk_path(context)}


@view_config(
    route_name="desk.add_kind", permission=Permission.ADD, request_method="GET",
    renderer=f"{TEMPLATES}/new.jinja2",
)  # fmt: skip
def ask(context: Node, request: Request) -> dict[str, Any]:
    """Show the empty form of a type."""
    content_type = _fitting(context, request)
    # News is dated: of today, unless its author says otherwise.
    known = {"lang": context.lang, "shown_on": day_of(request.now)}
    form = _new_form(request, content_type, new_key()).render(known)
    return _new_page(context, request, content_type, form)


@view_config(
    route_name="desk.add_kind", permission=Permission.ADD, request_method="POST",
    renderer=f"{TEMPLATES}/new.jinja2",
)  # fmt: skip
def create(context: Node, request: Request) -> dict[str, Any] | Response:
    """Make a draft; the same form sent again leads to the same item."""
    content_type = _fitting(context, request)
    key = posted(request, "key")
    form = _new_form(request, content_type, key if is_key(key) else new_key())
    try:
        node = _created(context, request, content_type, form)
    except Refused as refused:
        request.response.status_int = refused.status
        doubles = getattr(refused, "doubles", ())
        return _new_page(context, request, content_type, refused.form) | {"doubles": doubles}
    return done(request, desk_path(node), "created")


def _fitting(under: Node, request: Request) -> ContentType:
    kind = request.matchdict["kind"]
    found = request.registry.content_types.get(kind)
    if found is None or kinds.is_from_file(found) or not kinds.fits(kind, under.kind):
        raise HTTPNotFound
    return found


def _new_form(request: Request, content_type: ContentType, key: str) -> Form:
    schema = form_schema(content_type, request, new=True)
    return Form(schema, request, submit=_("Save as a draft"), hidden={"key": key})


def _new_page(
    under: Node, request: Request, content_type: ContentType, form: Form
) -> dict[str, Any]:
    label = request.localizer.translate(content_type.label)
    title = request.localizer.translate(_("New: ${kind}", mapping={"kind": label}))
    values = desk_values(request, title, *item_crumbs(request, under))
    return values | {"under": under, "form": form, "title": title}


def _created(under: Node, request: Request, content_type: ContentType, form: Form) -> Node:
    data = form.validate(request.POST.items())
    check_doubles(request, content_type, form, data)
    session, person = request.dbsession, request.identity
    slug = data.pop("slug") or free_slug(session, under, data["title"], content_type.kind)
    try:
        return services.create(
            session, content_type, data, under=under, slug=slug, person_id=person.id,
            key=str(form.hidden["key"]), now=request.now,
        )  # fmt: skip
    except services.SentBySomebodyElse:
        form.hidden["key"] = new_key()
        raise form.refused({"": _("This form was somebody else's. Save it once more.")}) from None
    except tuple(WRONG) as error:
        raise form.refused(dict([WRONG[type(error)]])) from error


@view_config(
    route_name="desk.edit", permission=Permission.EDIT, request_method="GET",
    renderer=f"{TEMPLATES}/edit.jinja2",
)  # fmt: skip
def edit(context: Node, request: Request) -> dict[str, Any]:
    """Show the form, filled from the item."""
    content_type = type_of(request.registry, context.kind)
    around = surroundings(context, request)
    schema = shown_schema(content_type)
    values = stored_values(schema, context, around.uses)
    hidden = Opened(context.version, digests_of(values)).hidden()
    form = Form(schema, request, submit=_("Save"), hidden=hidden, items=around.choices)
    return edit_page(context, request, form.render(values), around)


@view_config(
    route_name="desk.edit", permission=Permission.EDIT, request_method="POST",
    renderer=f"{TEMPLATES}/edit.jinja2",
)  # fmt: skip
def save(context: Node, request: Request) -> dict[str, Any] | Response:
    """Write the form, unless somebody else has changed the item since it was opened."""
    content_type = type_of(request.registry, context.kind)
    opened = opened_by(request.POST)
    schema = form_schema(content_type, request)
    form = Form(schema, request, submit=_("Save"), hidden=opened.hidden())
    taken = posted(request, "take")
    try:
        data = form.validate(request.POST.items())
        if taken:
            return conflict_page(context, request, opened, data, taken=taken)
        check_doubles(request, content_type, form, data, context)
        said = _saved(context, request, content_type, data, opened)
        return done(request, desk_path(context), said)
    except services.ChangedMeanwhile:
        request.response.status_int = 409
        return conflict_page(context, request, opened, data)
    except services.TranslationTaken as error:
        refused = form.refused(dict([WRONG[type(error)]]))
    except services.NotForEverybody as error:
        refused = form.refused({"": error.problems[0]})
    except Refused as error:
        refused = error
    request.response.status_int = refused.status
    doubles = getattr(refused, "doubles", ())
    around = surroundings(context, request)
    return edit_page(context, request, refused.form, around, doubles=doubles)


def _saved(
    node: Node, request: Request, content_type: ContentType, data: dict[str, Any], opened: Opened
) -> str:
    """Save, and name what the next page says of it."""
    session = request.dbsession
    load_whole(session, node, lock=True)
    if not may(request.identity, Permission.EDIT, node, request.now):
        # Its state has changed between the check and the lock.
        raise HTTPForbidden
    changed = services.save(
        session, node, content_type, data, version=opened.version, base=opened.base
    )
    if not changed:
        return "unchanged"
    return "saved_live" if node.is_public(request.now) else "saved"
