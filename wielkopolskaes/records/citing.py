"""Citations for readers: a line by ISO 690 and one by APA (7th edition)."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from markupsafe import Markup, escape
from pyramid.i18n import TranslationString

from wielkopolskaes.clock import day_of, next_midnight
from wielkopolskaes.content.registry import Say
from wielkopolskaes.i18n import _
from wielkopolskaes.records.crediting import heads, name_of, one_line
from wielkopolskaes.records.record import Contributor, Kind, Record, Role
from wielkopolskaes.site.addresses import absolute
from wielkopolskaes.site.frame import SITE_NAME
from wielkopolskaes.site.words import date_words
from wielkopolskaes.types import Request

# What a record is called in a citation.
KINDS = {
    Kind.ARTICLE: _("article"),
    Kind.BOOK: _("publication"),
    Kind.REPORT: _("report"),
    Kind.FILM: _("film"),
    Kind.PROJECT: _("project"),
    Kind.RESULT: _("result"),
}
# Messages in an f-string are not found by what gathers them.
_VERSION, _NO_DATE, _NO_YEAR = _("Version"), _("no date"), _("n.d.")
# What stands after the name of one, and of several, who were not authors.
Words = dict[Role, tuple[TranslationString, TranslationString]]
_ISO_ROLES: Words = {Role.EDITOR: (_("ed."), _("eds."))}
_APA_ROLES: Words = {
    Role.EDITOR: (_("Ed."), _("Eds.")),
    Role.DIRECTOR: (_("Director"), _("Directors")),
}
# By APA a work has at most twenty names before the last one.
_MOST_NAMES = 20


@dataclass(frozen=True, slots=True)
class Cited:
    """A record as somebody reads it: at its permanent address, on a day."""

    record: Record
    address: str
    accessed: date

    @property
    def publisher(self) -> str:
        """Who made it public; what nobody has published is published here."""
        return one_line(self.record.publisher) or SITE_NAME

    @property
    def year(self) -> str:
        """The year of the work, "" when unknown."""
        return self.record.issued[:4]


@dataclass(frozen=True, slots=True)
class Citation:
    """What the page of a record shows: lines by their styles, addresses of files by formats."""

    lines: dict[str, Markup]
    files: dict[str, str]
    # The record for print, and the list of what it said before.
    card: str
    versions: str


def cited(record: Record, request: Request, on: date | None = None) -> Cited:
    """Cite a record as of today: what is made of it holds until midnight."""
    request.fresh_until(next_midnight(request.now))
    return Cited(record, absolute(request, address_of(record, on=on)), day_of(request.now))


def address_of(record: Record, suffix: str = "", on: date | None = None) -> str:
    """Return the permanent address of this language version of a record, or of a file about it.

    `on` is a day: then the address is that of what the record said on it.
    """
    given = {"lang": record.lang if record.lang != "pl" else "", "wersja": on or ""}
    query = urlencode({name: value for name, value in given.items() if value})
    return f"{record.permanent}{suffix}?{query}".rstrip("?")


def citation(record: Record, request: Request, on: date | None = None) -> Citation:
    """Put together what the page of a record says; files tell of it as it is now alone."""
    what, say = cited(record, request, on), request.localizer.translate
    lang = request.locale_name
    files = {"BibTeX": ".bib", "RIS": ".ris", "CSL-JSON": ".csl.json"}
    return Citation(
        {"ISO 690": iso(what, say, lang), "APA": apa(what, say, lang)},
        {label: address_of(record, suffix) for label, suffix in files.items() if on is None},
        address_of(record, ".pdf") if on is None else "",
        address_of(record, "/wersje"),
    )


def iso(what: Cited, say: Say, lang: str) -> Markup:
    """Write a line by ISO 690."""
    record = what.record
    people = "; ".join(_iso_name(each) for each in heads(record))
    place = f"{one_line(record.place)}: " if record.place else ""
    day = say(_("accessed: ${day}", mapping={"day": date_words(what.accessed, lang)}))
    sentences = (
        escape(people + _role(record, say, _ISO_ROLES)),
        Markup("<i>{}</i> [online]").format(_title(record)),
        _what_it_is(what, say),
        f"{say(_VERSION)} {record.version}, {date_words(day_of(record.modified), lang)}",
        f"{place}{what.publisher}, {what.year or say(_NO_DATE)} [{day}]",
        ", ".join(filter(None, (_in_series(record), *_numbers(record)))),
        say(_("Available at: ${address}", mapping={"address": what.address})),
    )  # fmt: skip
    return _sentences(sentences)


def apa(what: Cited, say: Say, lang: str) -> Markup:
    """Write a line by APA; in Polish as Polish publishers write it."""
    record = what.record
    title = Markup("<i>{}</i> ({} {}) [{}]").format(
        _title(record), say(_VERSION), record.version, say(KINDS[record.kind]).capitalize()
    )
    year = f"({what.year or say(_NO_YEAR)})"
    people, role = _apa_people(record), _role(record, say, _APA_ROLES)
    if role:
        head: tuple[str, ...] = (people + role, year, title)
    else:
        # Without an author the title comes to the head, and the year after it.
        head = (f"{people} {year}", title) if people else (Markup("{} {}").format(title, year),)
    retrieved = _("Retrieved ${day}, from ${address}", mapping={
        "day": date_words(what.accessed, lang), "address": what.address})  # fmt: skip
    return _sentences((*head, _apa_source(what), say(retrieved)), end="")


def _title(record: Record) -> str:
    """A full stop at the end of a title would stand before what the line adds to it."""
    title = one_line(record.title)
    return title if title.endswith("..") else title.removesuffix(".")


def _what_it_is(what: Cited, say: Say) -> str:
    record = what.record
    programme = f", {record.programme}" if record.programme else ""
    # A number in a series tells nothing without the series.
    number = record.code if record.series else record.number or record.code
    return f"{say(KINDS[record.kind]).capitalize()} {number}{programme}"


def _in_series(record: Record) -> str:
    """Name the series or the magazine, and the volume of it."""
    return one_line(", ".join(filter(None, (record.series, record.number)))) * bool(record.series)


def _numbers(record: Record) -> list[str]:
    known = (("ISSN", record.issn), ("ISBN", record.isbn), ("DOI", record.doi))
    return [f"{name} {one_line(number)}" for name, number in known if number]


def _apa_source(what: Cited) -> str:
    """Say where the work came out: an article in its magazine, all else at its publisher.

    Whoever published their own work is not named twice.
    """
    record = what.record
    if record.publisher and record.publisher == "; ".join(each.name for each in heads(record)):
        return ""
    if record.kind is not Kind.ARTICLE or not record.series:
        return what.publisher
    magazine = Markup("<i>{}</i>").format(one_line(record.series))
    return Markup(", ").join(filter(None, (magazine, one_line(record.number))))


def _role(record: Record, say: Say, words: Words) -> str:
    people = heads(record)
    if not people or people[0].role not in words:
        return ""
    one, more = words[people[0].role]
    return f" ({say(one if len(people) == 1 else more)})"


def _iso_name(contributor: Contributor) -> str:
    name = name_of(contributor)
    return f"{name.family.upper()}, {name.given}" if name.given else name.family


def _apa_name(contributor: Contributor) -> str:
    name = name_of(contributor)
    # "Anna-Maria" is "A.-M.".
    names = ([part for part in word.split("-") if part] for word in name.given.split())
    initials = " ".join("-".join(f"{part[0]}." for part in parts) for parts in names if parts)
    return f"{name.family}, {initials}" if initials else name.family


def _apa_people(record: Record) -> str:
    names = [_apa_name(each) for each in heads(record)]
    if len(names) > _MOST_NAMES:
        return f"{', '.join(names[: _MOST_NAMES - 1])}, … {names[-1]}"
    return f"{', '.join(names[:-1])}, & {names[-1]}" if len(names) > 1 else "".join(names)


def _sentences(parts: tuple[str, ...], end: str = ".") -> Markup:
    """Join what is there; what ends with a full stop gets no second one."""
    there = [escape(part) for part in parts if part]
    *before, last = there
    closed = [part if part.endswith(".") else part + "." for part in before]
    return Markup(" ").join([*closed, last + end])
