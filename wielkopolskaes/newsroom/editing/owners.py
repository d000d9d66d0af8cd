"""The page on which an item is put into the care of somebody else."""

from typing import Any

import colander
from pyramid.response import Response
from pyramid.view import view_config

from wielkopolskaes.accounts.models import Person
from wielkopolskaes.forms import Form, Refused
from wielkopolskaes.i18n import _
from wielkopolskaes.newsroom.arranging.answers import TEMPLATES, done, item_values, take
from wielkopolskaes.newsroom.editing.queries import carers
from wielkopolskaes.newsroom.editing.services import hand_over
from wielkopolskaes.newsroom.resources import desk_path
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.tree.models import Node
from wielkopolskaes.types import Request

TITLE = _("In whose care it is")


@view_config(
    route_name="desk.owner", permission=Permission.ARRANGE, request_method="GET",
    renderer=f"{TEMPLATES}/owner.jinja2",
)  # fmt: skip
def ask(context: Node, request: Request) -> dict[str, Any]:
    """Show who can have it."""
    form = _form(context, request)
    values = {"person": str(context.owner_id)} if context.owner_id else None
    return item_values(request, context, TITLE) | {"form": form.render(values)}


@view_config(
    route_name="desk.owner", permission=Permission.ARRANGE, request_method="POST",
    renderer=f"{TEMPLATES}/owner.jinja2",
)  # fmt: skip
def give(context: Node, request: Request) -> dict[str, Any] | Response:
    """Hand the item over."""
    take(request, context, Permission.ARRANGE)
    form = _form(context, request)
    try:
        data = form.validate(request.POST.items())
    except Refused as refused:
        request.response.status_int = refused.status
        return item_values(request, context, TITLE) | {"form": refused.form}
    person = request.dbsession.get_one(Person, int(data["person"]))
    hand_over(request.dbsession, context, person)
    return done(request, desk_path(context), "handed_over")


def _form(node: Node, request: Request) -> Form:
    people = {str(person.id): person.name for person in carers(request.dbsession)}
    field = colander.SchemaNode(
        colander.String(), name="person", title=_("Person"), labels=people,
        validator=colander.OneOf(list(people)),
        description=_("Authors may change the drafts in their care. Readers do not see the name."),
    )  # fmt: skip
    schema = colander.SchemaNode(colander.Mapping(), field)
    return Form(schema, request, submit=_("Put it into this person's care"))
