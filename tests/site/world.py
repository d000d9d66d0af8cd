"""A committed portal in which everything that could leak exists, read through its page cache.

For every type of content and every way of not being public there is one hidden item, with a
word of its own in each text field, in its address and in its file's name; and one public item
of every type that refers to some of them in each way it can.
"""

import re

import webtest

from tests.content.items import HIDDEN, LONG_AGO, add, publish
from wielkopolskaes import configure
from wielkopolskaes.cache.pages import PageCache
from wielkopolskaes.content.section.schemas import LISTINGS
from wielkopolskaes.db import Base, work
from wielkopolskaes.security.edge import Edge
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.services import trash

LISTS = [name for name in LISTINGS if name not in ("home", "none")]


class Portal:
    """The portal as `main` builds it, with more parts if need be, on a database of its own."""

    def __init__(self, url, folder, *parts):
        config = configure(
            **{
                "wielkopolskaes.var": str(folder),
                "wielkopolskaes.database_url": url,
                "wielkopolskaes.secret": "for tests only, long enough to pass",
                "wielkopolskaes.base_url": "http://localhost",
                "wielkopolskaes.worker_in_process": "false",
            }
        )
        for part in parts:
            config.include(part)
            config.commit()
        self.registry = config.registry
        self.kinds = sorted(self.registry.content_types)
        app = config.make_wsgi_app()
        self.pages = PageCache(app, self.registry.versions)
        edge = Edge(self.pages, app, self.registry.portal)
        self.browser = webtest.TestApp(edge, extra_environ={"HTTP_HOST": "localhost"})
        Base.metadata.create_all(self.registry.engine)

    def work(self):
        return work(self.registry)

    def add(self, session, *args, **values):
        return add(session, self.registry, *args, **values)

    def get(self, address, **kw):
        """Ask as somebody new, without the cookies of earlier pages."""
        self.browser.reset()
        return self.browser.get(address, expect_errors=True, **kw)

    def close(self):
        self.registry.engine.dispose()


def at(session, path):
    return session.query(Node).filter_by(path=path).one()


def canary(state, kind):
    """A word that only the item of this type in this state holds."""
    return f"{state}x{kind}"


class World:
    """What was put into a portal: the public addresses, the hidden words, addresses and files."""

    def __init__(self, portal, states):
        self.portal = portal
        self.states = states
        self.words, self.paths, self.files = {}, {}, {}
        with portal.work() as session:
            root = portal.add(session, "section", None, "", "Portal", listing="home")
            publish(session, root)
            english = portal.add(
                session, "section", root, "en", "Home", listing="home", lang="en",
                translation_key="home",
            )  # fmt: skip
            publish(session, english)
            for index, state in enumerate(states):
                # A fourth of the types refers to a state each, or there would be too many pages.
                kinds = portal.kinds[index % 4 :: 4] if len(states) > 1 else portal.kinds
                self._fill(session, root, state, LISTS[index % len(LISTS)], kinds)
            hidden = re.compile("|".join(self.words))
            paths = [path for (path,) in session.query(Node.path)]
            self.public = [path for path in paths if not hidden.search(path)]

    def _fill(self, session, root, state, listing, kinds):
        add = self.portal.add
        section = add(session, "section", root, f"dzial-{state}", f"Dział {state}",
                      listing=listing, in_menu="false", in_footer="false")  # fmt: skip
        publish(session, section)
        gallery = add(session, "gallery", section, "galeria", "Galeria", in_menu="false",
                      in_footer="false")  # fmt: skip
        publish(session, gallery)
        place = section
        if state.startswith("pod"):
            roof = canary(state, "dach")
            self.words[roof] = state, "section"
            place = add(session, "section", section, roof, roof, listing="list")
            if state == "podkoszem":
                publish(session, place)
        hidden = {
            kind: self._hide(session, gallery if kind == "image" and place is section else place,
                             kind, state)
            for kind in self.portal.kinds
        }  # fmt: skip
        for kind in kinds:
            self._refer(session, section, kind, state, hidden)
        for kind, node in hidden.items():
            self.states[state](session, node)
            self.paths[state, kind] = node.path
        if state == "podkoszem":
            trash(session, place, now=LONG_AGO)
            session.flush()
            session.expire_all()
            self.paths |= {(state, kind): node.path for kind, node in hidden.items()}

    def _hide(self, session, under, kind, state):
        word = canary(state, kind)
        node = self.portal.add(session, kind, under, word, word, translation_key=word)
        self.words[word] = (state, kind)
        if hasattr(node, "sha256"):
            self.files[state, kind] = node.sha256, getattr(node, "filename", None)
        return node

    def _refer(self, session, section, kind, state, hidden):
        """Add a public item that names the hidden ones wherever it can, in English."""
        paths = {kind: node.path for kind, node in hidden.items()}
        links = "".join(f'<a href="{path}">tu</a>' for path in paths.values())
        refs = {
            "image": paths["image"], "contact": paths["contact"], "funding": [paths["funding"]],
            "partner": paths["partner"], "related": list(paths.values()),
            "lead_story": paths["article"],
            "text": f'{links}</p><figure><img src="{paths["image"]}" alt=""></figure><p>',
        }  # fmt: skip
        slug = f"jawne-{kind}"
        values = {"in_menu": "false", "in_footer": "false", "lang": "en",
                  "translation_key": canary(state, kind)}  # fmt: skip
        if kind == "section":
            values["listing"] = "home"
        node = self.portal.add(
            session, kind, section, slug, f"Jawne {kind} {state}", refs, **values
        )
        publish(session, node)

    @property
    def addresses(self):
        """Every page that the portal shows, and everything that machines read."""
        more = ("/mapa-serwisu", "/mapa-serwisu?lang=en", "/szukaj", "/sitemap.xml",
                "/sitemap-1.xml", "/nie-ma")  # fmt: skip
        return [*self.public, *self.feeds, *more]

    @property
    def feeds(self):
        with self.portal.work() as session:
            sections = session.query(Node.path).filter(
                Node.kind == "section", Node.path.in_(self.public)
            )
            stems = [path.rstrip("/") for (path,) in sections]
        return [f"{stem}/feed.{ending}" for stem in stems for ending in ("atom", "json")]

    def leaks(self, addresses):
        """Find the words and files of hidden items on these pages."""
        secrets = set(self.words) | {sha for sha, _ in self.files.values()}
        # Of two words that begin alike the longer one is meant.
        longest_first = sorted(secrets, key=len, reverse=True)
        pattern = re.compile("|".join(longest_first), re.IGNORECASE)
        found = {}
        for address in addresses:
            # An error page repeats the address that was asked for, as the way back.
            text = self.portal.get(address).text.replace(address, "")
            words = set(pattern.findall(text))
            if words:
                found[address] = sorted(words)
        return found


def world_of_secrets(portal):
    return World(portal, HIDDEN)
