"""The page of all fields with their states, for those who build the portal.

It is behind the login because a form sets a token, and no public page sets a cookie.
"""

from typing import Any

import colander
from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPSeeOther

from wielkopolskaes.content.fields import PartialDate, RichText, item, many, text, url
from wielkopolskaes.content.services import resolver
from wielkopolskaes.forms import Form, Refused
from wielkopolskaes.forms.types import Instant, Upload
from wielkopolskaes.i18n import _
from wielkopolskaes.security.office import Office
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.site.desk import desk_frame
from wielkopolskaes.types import Request

COLOURS = {"green": "zielony", "brick": "ceglany"}


def _node(typ: colander.SchemaType, name: str, title: str, **kw: Any) -> colander.SchemaNode:
    return colander.SchemaNode(typ, name=name, title=title, **kw)


class LinkSchema(colander.Schema):
    label = text("label", "Nazwa odnośnika", 100, missing=colander.required)
    url = url("url", "Adres odnośnika")


class StepSchema(colander.Schema):
    """A part with a list inside."""

    name = text("name", "Co zrobiono", 100, missing=colander.required)
    links = many("links", "Odnośniki", LinkSchema(title="Odnośnik"), limit=3)


class EverySchema(colander.Schema):
    """One field of each control; the words are samples, in Polish on purpose."""

    groups = (("dates", "Daty i godziny"), ("places", "Powiązania"))

    line = text("line", "Nazwa", 60, description="Taka jak w rejestrze.", missing=colander.required,
                autocomplete="organization")  # fmt: skip
    paragraph = text("paragraph", "Opis", 300)
    rich = _node(RichText(), "rich", "Treść", missing="")
    box = _node(colander.Boolean(), "box", "Znam zasady", missing=False, description="Są krótkie.")
    radio = _node(colander.String(), "radio", "Rodzaj", validator=colander.OneOf(tuple(COLOURS)),
                  labels=COLOURS, control="radio")  # fmt: skip
    select = _node(colander.String(), "select", "Kolor", validator=colander.OneOf(tuple(COLOURS)),
                   labels=COLOURS)  # fmt: skip
    integer = _node(colander.Integer(), "integer", "Miejsca", unit="osób")
    decimal = _node(colander.Decimal(), "decimal", "Udział", unit="%")
    money = _node(colander.Money(), "money", "Przychód", validator=colander.Range(min=0))
    email = _node(colander.String(), "email", "Adres e-mail", validator=colander.Email(),
                  autocomplete="email")  # fmt: skip
    tel = _node(colander.String(), "tel", "Telefon", control="tel", autocomplete="tel")
    url = url("url", "Strona internetowa")
    password = _node(colander.String(), "password", "Hasło", control="password",
                     autocomplete="new-password")  # fmt: skip
    file = _node(Upload(), "file", "Załącznik", accept=".pdf", missing=None)
    date = _node(colander.Date(), "date", "Dzień", group="dates")
    time = _node(colander.Time(), "time", "Godzina", group="dates")
    instant = _node(Instant(), "instant", "Chwila", group="dates")
    partial = _node(PartialDate(), "partial", "Początek", group="dates")
    page = item("page", "Strona", group="places")
    image = item("image", "Obraz", "image", group="places")
    lines = many("lines", "Wiersze adresu", text("line", "Wiersz", 20), limit=4)
    steps = many("steps", "Działania", StepSchema(title="Działanie"))
    place = LinkSchema(name="place", title="Oficjalna strona", missing=None)


def show(request: Request) -> dict[str, Any] | HTTPSeeOther:
    """Show the form: empty, with parts added, or with errors."""
    schema = EverySchema().bind(
        markup="html", resolve=resolver(request.dbsession), kind_of=None, hosts=()
    )
    form = Form(schema, request, submit="Zapisz próbę", buttons=[("preview", "Podgląd")])
    page = desk_frame(request, _("Fields of forms"))
    if request.method == "GET":
        return {"page": page, "form": form.render()}
    try:
        form.validate(request.POST.items())
    except Refused as refused:
        request.response.status_int = refused.status
        return {"page": page, "form": refused.form}
    return HTTPSeeOther(request.path)


def includeme(config: Configurator) -> None:
    """Add the page; `forms` includes it in development only."""
    config.add_route("desk.fields", "/redakcja/pola", factory=Office)
    for method in ("GET", "POST"):
        config.add_view(
            show, route_name="desk.fields", request_method=method, permission=Permission.DESK,
            renderer="wielkopolskaes:forms/templates/specimens.jinja2",
        )  # fmt: skip
