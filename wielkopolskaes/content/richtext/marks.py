"""Inline elements as written become the marks that may be stored."""

import re
from collections.abc import Iterable

from wielkopolskaes.content.richtext.addresses import Addresses
from wielkopolskaes.content.richtext.reader import Leaf, Tag
from wielkopolskaes.content.richtext.runs import BREAK, Mark, Run

_SAME = {
    "strong": "strong", "b": "strong", "em": "em", "i": "em", "dfn": "em", "var": "em",
    "sup": "sup", "sub": "sub", "code": "code", "tt": "code", "kbd": "code", "samp": "code",
    "cite": "cite", "q": "q",
}  # fmt: skip
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?\Z", re.IGNORECASE)
_DATE = re.compile(
    r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01])"
    r"(?:[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?:Z|[+-][0-2][0-9]:?[0-5][0-9])?)?"
    r")?)?\Z"
)
# Word, LibreOffice, Google Docs; the second group are the ways back from a note to its place.
_NOTE = re.compile(r"#_?(?:ftn|edn|sdfootnote|sdendnote|ftnt)(?:[0-9]+(?:sym)?)\Z")
_NOTE_BACK = re.compile(r"#_?(?:ftnref|ednref|ftnt_ref|sdfootnote[0-9]+anc|sdendnote[0-9]+anc)")
_TITLE_LENGTH = 300
# Left over from the extensions of older systems; a reader has never been meant to see them.
_SHORTCODE = re.compile(
    r"\{(youtube|vimeo)\}[^{}]{0,100}\{/\1\}"
    r"|\{/?(?:phocagallery|phocadownload|loadposition|loadmodule|loadmoduleid|gallery|mosimage|"
    r"youtube|vimeo|jcomments|rokbox|modal|slider|tab|snippet|article|source)\b[^}]{0,300}\}"
    r"|\[/?(?:gallery|caption|embed|playlist|contact-form-7|vc_[a-z_]{1,30})\b"
    r"[^\]]{0,300}\]",
    re.IGNORECASE,
)


def style_of(attrs: dict[str, str]) -> dict[str, str]:
    """The declarations of a ``style`` attribute, lower-cased."""
    pairs = (part.partition(":") for part in attrs.get("style", "").lower().split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs if value}


def is_hidden(attrs: dict[str, str]) -> bool:
    """Tell text that its author does not see either, and Word's comment bubbles."""
    if "style" not in attrs and "class" not in attrs:
        return False
    style = style_of(attrs)
    if style.get("display") == "none" or style.get("mso-hide") == "all":
        return True
    return style.get("mso-element", "").startswith("comment") or "mso-comment-reference" in style


def language(value: str | None) -> str:
    """Write a language tag the canonical way; an empty text for what is not one."""
    if not value or not _LANGUAGE.match(value):
        return ""
    first, *rest = value.split("-")
    return "-".join([first.lower(), *(p.title() if len(p) == 4 else p.upper() for p in rest)])


def lang_of(attrs: dict[str, str]) -> str:
    return language(attrs.get("lang") or attrs.get("xml:lang"))


def runs_of(leaves: Iterable[Leaf], addresses: Addresses, inherited: str) -> list[Run]:
    """Turn pieces of text as read into runs under storable marks; withdrawn text is left out."""
    runs = []
    for leaf in leaves:
        if any(tag.name == "del" or is_hidden(tag.attrs) for tag in leaf.marks):
            continue
        run = _run(leaf, _marks(leaf.marks, addresses, inherited), addresses)
        if run:
            runs.append(run)
    return runs


def _run(leaf: Leaf, marks: tuple[Mark, ...], addresses: Addresses) -> Run | None:
    if leaf.void is None:
        if not any(char.isalpha() for char in leaf.text):
            marks = tuple(mark for mark in marks if mark.tag != "span")
        return Run(_SHORTCODE.sub(" ", re.sub(r"[\t\r\n ]+", " ", leaf.text)), marks)
    if leaf.void.name == "br":
        return Run(BREAK, marks)
    source = addresses.image(leaf.void.attrs.get("src", ""))
    if source is None:
        return None
    alt = " ".join(leaf.void.attrs.get("alt", "").split())
    links = tuple(mark for mark in marks if mark.tag == "a")
    return Run("", links, (("src", source), ("alt", alt)))


def _marks(tags: tuple[Tag, ...], addresses: Addresses, inherited: str) -> tuple[Mark, ...]:
    """Each mark at most once; of two languages and of sup and sub the inner one counts."""
    marks: dict[str, Mark] = {}
    for tag in tags:
        for mark in _translate(tag, addresses):
            if mark.tag in ("sup", "sub"):
                marks.pop("sub" if mark.tag == "sup" else "sup", None)
            if mark.tag == "span" or mark.tag not in marks:
                marks[mark.tag] = mark
    if marks.get("span") == Mark("span", (("lang", inherited),)):
        del marks["span"]
    return tuple(marks.values())


def _translate(tag: Tag, addresses: Addresses) -> list[Mark]:
    marks = [Mark("span", (("lang", lang),))] if (lang := lang_of(tag.attrs)) else []
    if tag.name == "a":
        return marks + _link(tag.attrs, addresses)
    if tag.name in ("abbr", "acronym"):
        return marks + _titled("abbr", tag.attrs)
    if tag.name == "time":
        date = tag.attrs.get("datetime", "").strip()
        return marks + ([Mark("time", (("datetime", date),))] if _DATE.match(date) else [])
    style = style_of(tag.attrs) if "style" in tag.attrs else {}
    if tag.name in _SAME and not _is_undone(_SAME[tag.name], style):
        marks.append(Mark(_SAME[tag.name]))
    elif tag.name in ("span", "font"):
        marks += _styled(style)
    return marks


def _is_undone(mark: str, style: dict[str, str]) -> bool:
    """Google Docs wraps a whole document in ``<b style="font-weight:normal">``."""
    if mark == "strong":
        return style.get("font-weight") in ("normal", "400")
    return mark == "em" and style.get("font-style") == "normal"


def _styled(style: dict[str, str]) -> list[Mark]:
    """What Google Docs and LibreOffice say by style alone."""
    marks = []
    if style.get("font-weight") in ("bold", "600", "700", "800", "900"):
        marks.append(Mark("strong"))
    if style.get("font-style") == "italic":
        marks.append(Mark("em"))
    if style.get("vertical-align") in ("super", "sub"):
        marks.append(Mark("sup" if style["vertical-align"] == "super" else "sub"))
    return marks


def _link(attrs: dict[str, str], addresses: Addresses) -> list[Mark]:
    """A link; the number of a footnote as a plain index, since anchors are not stored."""
    href = attrs.get("href", "").strip()
    if _NOTE.match(href):
        return [Mark("sup")]
    if _NOTE_BACK.match(href) or href.startswith("#_"):
        return []
    address = addresses.link(href)
    if address is None:
        return []
    title = _title(attrs)
    return [Mark("a", (("href", address), *((("title", title),) if title else ())))]


def _titled(tag: str, attrs: dict[str, str]) -> list[Mark]:
    title = _title(attrs)
    return [Mark(tag, (("title", title),))] if title else []


def _title(attrs: dict[str, str]) -> str:
    return " ".join(attrs.get("title", "").split())[:_TITLE_LENGTH].rstrip()
