"""A portal and a Chromium for all tests of this folder; both are started once."""

import os
import shutil

import pytest

from tests.browser.portal import one_of_each, running

# The first is Chromium without its windows: a third less work for the same pages.
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = next(filter(None, map(shutil.which, PROGRAMS)), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def var(tmp_path_factory):
    return tmp_path_factory.mktemp("var")


@pytest.fixture(scope="session")
def portal(var):
    """The address of a running portal."""
    with running(var) as url:
        yield url


@pytest.fixture(scope="session")
def pages(portal, var):
    """The full address of one page of each kind and state, by name."""
    return {name: f"{portal}{path}" for name, path in one_of_each(var).items()}


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("there is no Chromium: apt-get install chromium")
        pytest.skip("there is no Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def leave(dialog):
    """Answer the question whether to leave a form with changes; nothing else asks anything."""
    if dialog.type == "beforeunload":
        dialog.accept()


@pytest.fixture
def reader(chromium):
    """Make fresh readers: a new profile each, with no cookie and an empty cache."""
    profiles = []

    def make(**options):
        options.setdefault("viewport", {"width": 1280, "height": 900})
        profiles.append(chromium.new_context(locale="pl-PL", **options))
        profiles[-1].on("dialog", leave)
        return profiles[-1]

    yield make
    for profile in profiles:
        profile.close()


@pytest.fixture
def tab(reader):
    """One tab of a fresh reader."""
    return reader().new_page()
