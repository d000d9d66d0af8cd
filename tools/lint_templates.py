"""Check every template: it compiles, obeys the content security policy, and speaks both languages.

Text that no catalogue may change (a name, a language's own name) stands in an element that says
so: with ``translate="no"``, or with the language that it is written in (``lang="pl"``).
"""

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError

ROOT = Path(__file__).resolve().parent.parent
SPOKEN = {"alt", "aria-label", "aria-description", "aria-roledescription", "placeholder", "title"}
# What a macro gives in parts is no text: lang="0", required, tel:0. A spoken attribute is.
PART = re.compile(
    rf"""(?<![\w-])(?!(?:{"|".join(SPOKEN)})=)[\w-]+=(?:"[^"]*"|'[^']*')"""
    r"|(?<![\w-])(?:data-[\w-]+|required|autofocus)(?![\w-])|\b[a-z]+:(?=0)"
)
WORD = re.compile(r"[^\W\d_]{2,}")
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
DATA_BLOCKS = {"application/ld+json", "application/json"}
# Stands for whatever {{ … }} and {% … %} put there: a value, but no word.
VALUE = "0"

environment = Environment(
    extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"], autoescape=True
)


class Page(HTMLParser):
    """Collects what is wrong in the HTML that is left when the template language is taken out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self.exempt: list[str] = []  # the exempt element and those of its kind inside of it
        self.in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.in_script = tag == "script"
        self._check_policy(tag, attributes)
        exempt = attributes.get("translate") == "no" or _names_language(tag, attributes)
        if not (exempt or self.exempt):
            self._check_attributes(attributes)
        if tag not in VOID and (tag in self.exempt or (exempt and not self.exempt)):
            self.exempt.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self.in_script = False
        if tag in self.exempt:
            self.exempt.pop()

    def handle_data(self, data: str) -> None:
        if not self.in_script and not self.exempt and WORD.search(PART.sub("", data)):
            self._note(f"text outside of a translation: {' '.join(data.split())[:60]}")

    def _check_policy(self, tag: str, attributes: dict[str, str]) -> None:
        inline_script = tag == "script" and "src" not in attributes
        if tag == "style" or (inline_script and attributes.get("type") not in DATA_BLOCKS):
            self._note(f"the policy forbids an inline <{tag}>")
        for name, value in attributes.items():
            if name == "style" or name.startswith("on") or value.startswith("javascript:"):
                self._note(f"the policy forbids {name}=…")

    def _check_attributes(self, attributes: dict[str, str]) -> None:
        for name in sorted(SPOKEN & attributes.keys()):
            if WORD.search(attributes[name]):
                self._note(f"{name} outside of a translation: {attributes[name][:60]}")

    def _note(self, problem: str) -> None:
        self.found.append((self.getpos()[0], problem))


def _names_language(tag: str, attributes: dict[str, str]) -> bool:
    return tag != "html" and bool(WORD.search(attributes.get("lang", "")))


def html_of(template: str) -> str:
    """The template's own HTML, line for line; translated blocks and expressions become VALUE."""
    parts: list[str] = []
    translated, opening = False, False
    for _line, kind, text in environment.lex(template):
        if kind == "data" and not translated:
            parts.append(text)
            continue
        if opening and kind == "name":
            translated = {"trans": True, "endtrans": False}.get(text, translated)
        opening = kind == "block_begin" or (opening and kind in {"whitespace", "operator"})
        parts.append(VALUE * (kind == "variable_begin") + "\n" * text.count("\n"))
    return "".join(parts)


def is_html(file: Path) -> bool:
    """page.jinja2 is HTML; feed.atom.jinja2 and letter.txt.jinja2 say that they are not."""
    return len(file.suffixes) == 1


def problems(template: str, *, html: bool = True) -> Iterator[tuple[int, str]]:
    try:
        environment.parse(template)
    except TemplateSyntaxError as error:
        yield error.lineno, str(error.message)
        return
    if not html:
        return
    page = Page()
    page.feed(html_of(template))
    page.close()
    yield from page.found


def main() -> int:
    files = sorted((ROOT / "wielkopolskaes").rglob("*.jinja2"))
    found = [
        f"{file.relative_to(ROOT)}:{line}: {problem}"
        for file in files
        for line, problem in problems(file.read_text(encoding="utf-8"), html=is_html(file))
    ]
    print("\n".join([*found, f"{len(files)} templates, {len(found)} problems"]))
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
