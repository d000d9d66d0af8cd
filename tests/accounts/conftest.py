"""People with passwords, and a browser that knows the address of every form."""

import pytest

PASSWORD = "zielony-rower-nad-warta"


def form_with(field, page):
    """Find the form that has the field; every page has others too."""
    return next(form for form in page.forms.values() if field in form.fields)


@pytest.fixture
def known(person, registry):
    """Make somebody with a password."""

    def known(*roles, **columns):
        return person(*roles, password_hash=registry.passwords.hash(PASSWORD), **columns)

    return known


@pytest.fixture
def enter(browser):
    """Fill in the login form and send it."""

    def enter(email, password=PASSWORD, *, back="", status="*", app=browser):
        form = form_with("password", app.get("/zaloguj", {"powrot": back}))
        form["email"], form["password"] = email, password
        return form.submit(status=status)

    return enter
