"""A reader who only reads is asked for nothing and leaves nothing behind."""

from urllib.parse import urlsplit

STORED = """async () => [localStorage.length, sessionStorage.length,
  (await indexedDB.databases()).length, (await caches.keys()).length]"""

# Chromium itself says in the console that an answer was an error.
REFUSED = {"not found", "not found: similar", "malformed"}

# A form that a stranger may send is bound to the browser, which the privacy page tells of.
FORMS = {"alerts", "alerts: nothing to follow"}


def test_no_page_asks_another_host_for_anything(tab, portal, pages):
    hosts = set()
    tab.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    for address in pages.values():
        tab.goto(address)
    assert hosts == {urlsplit(portal).netloc}


def test_a_fresh_reader_gets_no_cookie_and_nothing_is_stored(tab, pages):
    for name, address in pages.items():
        if name in FORMS:
            continue
        tab.goto(address)
        assert tab.evaluate(STORED) == [0, 0, 0, 0], name
    assert tab.context.cookies() == []


def test_no_page_says_anything_in_the_console_or_breaks_the_policy(tab, pages):
    said = []
    tab.on("console", lambda message: said.append(f"{tab.url}: {message.text}"))
    tab.on("pageerror", lambda error: said.append(f"{tab.url}: {error}"))
    for name, address in pages.items():
        if name not in REFUSED:
            tab.goto(address)
    assert said == []


def test_the_look_is_kept_only_after_the_switch_is_pressed(tab, pages):
    tab.goto(pages["article"])
    tab.get_by_role("button", name="Kontrast").click()
    assert tab.url == pages["article"]
    assert tab.locator("html").get_attribute("data-contrast") == "high"
    assert [cookie["name"] for cookie in tab.context.cookies()] == ["wyglad"]
    tab.get_by_role("button", name="Kontrast").click()
    assert tab.locator("html").get_attribute("data-contrast") is None
    assert tab.context.cookies() == []
