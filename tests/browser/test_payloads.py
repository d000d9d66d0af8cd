"""No text that anybody can store runs in a reader's browser, wherever it was put."""

import re
from html.parser import HTMLParser
from threading import Thread

import pytest
from waitress import create_server

from tests.content.items import filled, publish, take_in
from tests.databases import KINDS, own_database
from tests.newsroom.desks import Desk
from tests.security.payloads import Supply, payloads, spoil
from wielkopolskaes.content.richtext import internalise, prepare, render_links
from wielkopolskaes.content.richtext.pipeline import ATTRIBUTES, TAGS
from wielkopolskaes.content.services import Source, assign, read, resolver, write
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.services import place, plant
from wielkopolskaes.tree.states import State

ROUNDS = 3
SCHEME = re.compile(r"[\s\x00-\x20]*([^/?#:]*):")
OPEN = {"http", "https", "mailto", "tel"}


def test_the_corpus_is_large_and_repeats_nothing():
    found = payloads()
    assert len(found) >= 200
    assert len(set(found)) == len(found)


class Seen(HTMLParser):
    """Every element, attribute and address of a text."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.found = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("lang", ["pl", "en"])
def test_the_pipeline_lets_nothing_through(lang):
    bad = {}
    for payload in payloads():
        for html in (payload, f"<p>{payload}</p>", f'<p title="{payload}">x</p>',
                     f"<ul><li>{payload}<table><tr><td>{payload}"):  # fmt: skip
            stored = internalise(html, lambda _path: None, ("localhost",))
            shown = render_links(prepare(stored, lang).html, {})
            if internalise(stored, lambda _path: None, ("localhost",)) != stored:
                bad[html] = stored
            for tag, attrs in Seen(stored).found:
                if tag not in TAGS or not set(attrs) <= ATTRIBUTES["*"] | ATTRIBUTES.get(
                    tag, set()
                ):
                    bad[html] = stored
            for _tag, attrs in Seen(shown).found:
                scheme = SCHEME.match(attrs.get("href") or "")
                if any(name.startswith("on") for name in attrs) or (
                    scheme and scheme[1] not in OPEN
                ):
                    bad[html] = shown
    assert bad == {}


class Hostile(Desk):
    """A running portal in which every text field of every type holds payloads, in several ways."""

    def __init__(self, url, folder):
        super().__init__(url, folder)
        self.paths, self.ids, supply = [], [], Supply()
        with self.work() as session:
            root = self._add(session, "section", None, "", supply, listing="home")
            publish(session, root)
            for kind in self.kinds:
                section = self._add(session, "section", root, f"dzial-{kind}", supply)
                publish(session, section)
                for number in range(ROUNDS):
                    node = self._add(session, kind, section, f"{kind}-{number}", supply)
                    if number < ROUNDS - 1:
                        publish(session, node)
            nodes = session.query(Node).all()
            self.paths = [node.path for node in nodes if node.state is State.PUBLISHED]
            self.drafts = [node.path for node in nodes if node.state is State.DRAFT]
            self.ids = {node.kind: node.id for node in nodes}
        self.server = create_server(self.browser.app, host="127.0.0.1", port=0, threads=4)
        self.url = f"http://localhost:{self.server.effective_port}"
        self._thread = Thread(target=self.server.run, daemon=True)
        self._thread.start()

    def _add(self, session, kind, under, slug, supply, **fixed):
        content_type = self.registry.content_types[kind]
        schema = content_type.schema()
        values = spoil(schema, filled(schema, f"{kind} {slug}", {}), supply)
        values |= {"lang": "pl", "in_menu": "true"} | fixed
        if "programme" in values:
            values |= {"programme": "other", "number": supply.take(20)}
        node = content_type.model(state=State.DRAFT)
        if hasattr(node, "sha256"):
            take_in(session, self.registry, node, slug)
        data = read(content_type, values, Source("html", resolver(session), ("localhost",)))
        assign(node, content_type, data)
        plant(session, node) if under is None else place(session, node, under=under, slug=slug)
        return write(session, node, content_type, data)

    def close(self):
        self.server.close()
        self._thread.join(60)
        super().close()


@pytest.fixture(scope="module", params=KINDS[:1])
def hostile(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    with own_database(request.param, folder) as url:
        portal = Hostile(url, folder)
        yield portal
        portal.close()


REPORT = """document.addEventListener("securitypolicyviolation", (event) => {
  console.error("POLICY " + event.violatedDirective + " " + event.blockedURI + " " + event.sample);
});"""


def watched(profile):
    """Open a tab, and a list of what ran in it, what was blocked and what went wrong."""
    tab, found = profile.new_page(), []
    tab.add_init_script(REPORT)

    def ran(dialog):
        if dialog.type == "beforeunload":
            return  # Our own question, which the profile answers.
        found.append((tab.url, "ran", dialog.message))
        dialog.dismiss()

    def said(message):
        if "POLICY" in message.text or "Content Security Policy" in message.text:
            found.append((tab.url, message.type, message.text))

    tab.on("dialog", ran)
    tab.on("pageerror", lambda error: found.append((tab.url, "error", str(error))))
    tab.on("console", said)
    return tab, found


def read_pages(profile, url, paths):
    tab, found = watched(profile)
    for path in paths:
        answer = tab.goto(f"{url}{path}", wait_until="load")
        if answer.status != 200:
            found.append((path, "status", answer.status))
    tab.close()
    return found


@pytest.mark.browser
def test_readers_see_every_payload_and_none_runs(hostile, reader):
    more = ["/mapa-serwisu", "/szukaj?q=img", "/szukaj?q=script&strona=1", "/feed.json"]
    assert read_pages(reader(), hostile.url, [*hostile.paths, *more]) == []


@pytest.mark.browser
def test_the_payloads_run_where_nothing_stands_in_their_way(reader):
    tab, found = watched(reader())
    for start in range(0, len(payloads()), 40):
        tab.set_content("\n".join(payloads()[start : start + 40]))
    assert "ran" in {what for _where, what, _words in found}
    tab.close()


def logged_in(hostile, reader):
    profile = reader()
    app = hostile.log_in(hostile.person(Role.ADMINISTRATOR, name='"><img src=x onerror=alert(1)>'))
    cookie = next(iter(app.cookiejar))
    profile.add_cookies([{"name": cookie.name, "value": cookie.value, "url": hostile.url}])
    return profile


@pytest.mark.browser
def test_what_was_typed_comes_back_to_the_editor_and_does_not_run(hostile, reader):
    tab, found = watched(logged_in(hostile, reader))
    section = hostile.ids["section"]
    for start in range(0, len(payloads()), 70):
        tab.goto(f"{hostile.url}/redakcja/tresci/{section}/nowy/page")
        # The edge refuses a form with control characters before anybody sees it.
        text = "\n".join(["<p>początek</p>", *payloads()[start : start + 70]])
        typed = re.sub(r"[\x00-\x08\x0b-\x1f]", "", text)
        with tab.expect_navigation():
            tab.evaluate(
                """typed => { const area = document.querySelector("textarea[name=body]");
                area.value = typed; HTMLFormElement.prototype.submit.call(area.form); }""",
                typed,
            )
        tab.locator("[role=textbox][aria-multiline]").wait_for()
        assert "początek" in tab.locator("[role=textbox][aria-multiline]").inner_text()
    assert found == []
    tab.close()


@pytest.mark.browser
def test_editors_see_every_payload_and_none_runs(hostile, reader):
    profile = logged_in(hostile, reader)
    desk = [f"/redakcja/tresci/{id_}{page}" for id_ in hostile.ids.values()
            for page in ("", "/edycja")]  # fmt: skip
    more = ["/redakcja/tresci", "/redakcja/tresci?q=img", "/redakcja/pliki",
            "/redakcja/pliki/dostepnosc",
            f"/redakcja/tresci/{hostile.ids['image']}/opis"]  # fmt: skip
    assert read_pages(profile, hostile.url, [*hostile.drafts, *desk, *more]) == []
