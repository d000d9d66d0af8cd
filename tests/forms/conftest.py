"""A request as views see it, and a form of the schemas that the tests write down."""

import pytest
from bs4 import BeautifulSoup
from pyramid.interfaces import IRequestFactory
from pyramid.scripting import prepare

from wielkopolskaes.content.services import kinds, resolver


@pytest.fixture
def request_of(registry, db):
    """Make the request of somebody, `None` for a stranger."""
    closers = []

    def request_of(identity=None):
        make = registry.getUtility(IRequestFactory)
        request = make.blank("/redakcja", base_url="http://localhost")
        request.environ["wielkopolskaes.dbsession"] = db
        env = prepare(request=request, registry=registry)
        closers.append(env["closer"])
        return request

    yield request_of
    for close in closers:
        close()


@pytest.fixture
def request_(request_of):
    return request_of()


@pytest.fixture
def bound(db, registry):
    """The schema of a content type, bound as editors' forms bind it."""

    def bound(kind):
        return (
            registry.content_types[kind]
            .schema()
            .bind(markup="html", resolve=resolver(db), kind_of=kinds(db), hosts=("localhost",))
        )

    return bound


def soup(form):
    """The form as a reader of its page meets it, without the parts that wait in templates."""
    page = BeautifulSoup(str(getattr(form, "__html__", form.__str__)()), "html.parser")
    for template in page.select("template"):
        template.decompose()
    return page


def posted(page):
    """The pairs that a browser sends of a form, in the order of the page, no button pressed."""
    pairs = []
    for control in page.select("input, textarea, select"):
        name = control.get("name")
        if not name or control.find_parent("template") or control.has_attr("disabled"):
            continue
        if control.get("type") in ("checkbox", "radio") and not control.has_attr("checked"):
            continue
        if control.name == "select":
            option = control.find("option", selected=True) or control.find("option")
            pairs.append((name, option["value"]))
        elif control.name == "textarea":
            pairs.append((name, control.get_text().removeprefix("\n")))
        elif control.get("type") != "file":
            pairs.append((name, control.get("value", "")))
    return pairs
