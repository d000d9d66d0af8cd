"""A committed portal with a result, a place for its adoptions, and people at the desk."""

import re

import pytest
from sqlalchemy import select

from tests.alerts.readers import Town
from tests.databases import KINDS, own_database
from wielkopolskaes.adoptions.models import Adoption
from wielkopolskaes.letters.models import Letter
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.services import change_state
from wielkopolskaes.tree.states import State

OLA = "ola@example.org"
RESULT = {"code": "D0104", "essence": "<p>Istota.</p>", "users": ["local"], "source": "Źródło"}
TOLD = {
    "organisation": "Spółdzielnia Kanarek", "organisation_kind": "ngo", "area": "3019",
    "adopted_on": "2024-05", "adapted": "Zaczęliśmy od klubu.\r\n\r\n<b>Bez</b> lidera.",
    "effect": "Pięć miejsc pracy.", "name": "Ola Tajna", "email": OLA,
}  # fmt: skip


class Village(Town):
    """A town with a results base."""

    def __init__(self, url, folder):
        super().__init__(url, folder)
        with self.work() as session:
            base = self.publish(session, "section", None, "baza", "Baza", listing="results")
            self.publish(session, "result", base, "r1", "System wsparcia", **RESULT)
            self.draft(session, "result", base, "r2", "Szkic", **RESULT | {"code": "SZKIC"})
            self.publish(session, "section", base, "wdrozenia", "Wdrożenia", listing="adoptions")

    def publish(self, session, kind, under, slug, title, **fields):
        under = under or session.scalars(select(Node).where(Node.path == "/")).one()
        node = self.draft(session, kind, under, slug, title, **fields)
        change_state(session, node, State.PUBLISHED, now=self.now)
        return node

    def letters(self, email=OLA):
        with self.work() as session:
            query = select(Letter.text).where(Letter.to == email).order_by(Letter.id)
            return session.scalars(query).all()

    def count(self, model):
        with self.work() as session:
            return len(session.scalars(select(model)).all())

    def adoption(self):
        with self.work() as session:
            return session.scalars(select(Adoption)).one()


@pytest.fixture(params=KINDS)
def village(request, tmp_path):
    with own_database(request.param, tmp_path) as url:
        village = Village(url, tmp_path)
        yield village
        village.close()


@pytest.fixture
def tell(village):
    """Fill in the public form and send it; returns the answer."""

    def tell(browser=None, form=None, code="D0104", lang="pl", **fields):
        browser = browser or village.stranger()
        form = form or browser.get(f"/wdrozylismy?r={code}&lang={lang}").forms["form"]
        for name, value in {**TOLD, **fields}.items():
            if isinstance(value, bool):
                form[name] = value
            else:
                form[name].force_value(value)
        return form.submit(status="*")

    return tell


@pytest.fixture
def confirmed(village, tell):
    """Tell and confirm; returns the page that the teller then sees."""

    def confirmed(**fields):
        browser = village.stranger()
        assert tell(browser, **fields).status_int == 303
        return confirm(village, browser, fields.get("email", OLA))

    return confirmed


def confirm(village, browser, email=OLA):
    last = village.letters(email)[-1]
    link = re.search(r"http://localhost(/wdrozylismy/potwierdz/\S+)", last)[1]
    page = browser.get(link)
    form = next(form for form in page.forms.values() if "potwierdz" in form.action)
    return form.submit().follow()


@pytest.fixture
def editor(village):
    return village.log_in(village.person(Role.EDITOR))
