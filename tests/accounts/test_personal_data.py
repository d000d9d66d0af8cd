"""docs/personal-data.md says of every column about people why it is there and for how long."""

import re
from types import SimpleNamespace

import pytest

from wielkopolskaes.accounts import sessions
from wielkopolskaes.accounts.models import (
    Attempt,
    Login,
    OneTimeLink,
    Person,
    RecoveryCode,
    RoleGrant,
)
from wielkopolskaes.adoptions.models import AdoptionWish, Contact
from wielkopolskaes.alerts.models import Alert, Reader, Waiting, Wish
from wielkopolskaes.audit.models import Event
from wielkopolskaes.filetext.models import FileText
from wielkopolskaes.importing.models import Import, ImportRow
from wielkopolskaes.letters.models import Letter
from wielkopolskaes.records.versions.models import PublicVersion
from wielkopolskaes.search.report.models import SearchCount
from wielkopolskaes.security import csrf
from wielkopolskaes.settings import ROOT
from wielkopolskaes.site import look

PAGE = (ROOT / "docs" / "personal-data.md").read_text(encoding="utf-8")
TABLES = (
    Person, RoleGrant, Login, OneTimeLink, RecoveryCode, Attempt, Event, FileText, Letter,
    SearchCount,
)  # fmt: skip
TABLES += (Wish, Reader, Alert, Waiting, AdoptionWish, Contact, PublicVersion)

TABLES += (Import, ImportRow)


def rows_of(table):
    part = re.search(rf"^## {table}:.*?(?=^## |\Z)", PAGE, re.M | re.S)[0]
    lines = re.findall(r"^\|.*", part, re.M)
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {name: rest for name, *rest in rows[2:]}


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__tablename__)
def test_every_column_has_a_purpose_a_basis_and_an_end(model):
    rows = rows_of(model.__tablename__)

    assert set(rows) == set(model.__table__.columns.keys())
    assert {name for name, row in rows.items() if len(row) != 3 or not all(row)} == set()


def test_every_table_of_accounts_is_on_the_page():
    known = {table for table in Person.metadata.tables if table.startswith("account_")}

    assert known == {model.__tablename__ for model in TABLES if "account" in model.__tablename__}


@pytest.mark.parametrize(
    ("page", "words"),
    [("polityka-prywatnosci.md", "Powiadomienia o nowych wynikach"),
     ("en/privacy.md", "Notifications about new results")],
)  # fmt: skip
def test_the_privacy_policy_tells_of_alerts(page, words):
    assert f"## {words}" in (ROOT / "content" / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", ["polityka-prywatnosci.md", "en/privacy.md"])
def test_the_privacy_policy_names_every_cookie(page):
    text = (ROOT / "content" / page).read_text(encoding="utf-8")
    request = SimpleNamespace(portal=SimpleNamespace(production=True))
    cookies = {look.COOKIE, csrf.cookie_name(request), sessions.cookie_name(request)}

    assert set(re.findall(r"\*\*`(.+?)`\*\*", text)) == cookies
