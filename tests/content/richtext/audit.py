"""What is really in a piece of HTML, read by another parser than the pipeline's own."""

from html.parser import HTMLParser

from wielkopolskaes.content.richtext.pipeline import ATTRIBUTES, TAGS

SCHEMES = ("http://", "https://", "mailto:", "tel:", "node:", "/", "#")
VOID = {"br", "hr", "img"}


class Audit(HTMLParser):
    """Collects whatever a stored text must not have."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.breaches = []
        self.tags = []
        self.open = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        if tag not in TAGS:
            self.breaches.append(f"<{tag}>")
        for name, value in attrs:
            if name not in ATTRIBUTES.get(tag, set()) | ATTRIBUTES["*"]:
                self.breaches.append(f"{tag}[{name}]")
            if name in ("href", "src") and not (value or "").startswith(SCHEMES):
                self.breaches.append(f"{tag}[{name}={value}]")
            if name == "href" and (value or "").startswith("//"):
                self.breaches.append(f"{tag}[{name}={value}]")

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.breaches.append(f"</{tag}> out of place")

    def handle_comment(self, data):
        self.breaches.append("comment")

    def handle_decl(self, decl):
        self.breaches.append("declaration")

    def unknown_decl(self, data):
        self.breaches.append("declaration")

    def handle_pi(self, data):
        self.breaches.append("processing instruction")


def read(html):
    audit = Audit()
    audit.feed(html)
    audit.close()
    return audit


def breaches(html):
    """List what the allow-list forbids; an empty list for a text that may be stored."""
    audit = read(html)
    return audit.breaches + [f"<{tag}> never closed" for tag in audit.open]


def tags(html):
    return set(read(html).tags)
