"""What is known of a record, in terms that catalogues share (Dublin Core, schema.org)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from wielkopolskaes.content.cards import Card


class Kind(StrEnum):
    """What a record describes."""

    ARTICLE = "article"
    BOOK = "book"
    REPORT = "report"
    FILM = "film"
    PROJECT = "project"
    RESULT = "result"


class Role(StrEnum):
    """What somebody did; the words of the MARC relators."""

    AUTHOR = "author"
    EDITOR = "editor"
    TRANSLATOR = "translator"
    ILLUSTRATOR = "illustrator"
    PRODUCER = "producer"
    DIRECTOR = "director"
    SCREENWRITER = "screenwriter"
    # Who speaks or acts in a film.
    PRESENTER = "presenter"
    # The organisation that led a project.
    LEADER = "leader"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class Contributor:
    """A person ("Imię Nazwisko") or an organisation, and what they did."""

    name: str
    role: Role
    is_person: bool = True


@dataclass(frozen=True, slots=True)
class Subject:
    """A word of a vocabulary: `vocabulary` and `term` are stable, `label` is for readers."""

    vocabulary: str
    term: str
    label: str


@dataclass(frozen=True, slots=True)
class File:
    """A file that belongs to the record; `path` is its address in the portal."""

    path: str
    media_type: str
    size: int
    title: str = ""


def file_of(card: Card) -> File:
    """Tell what is known of a document's file."""
    return File(card.path, card.extra["mime"], card.extra["size"], card.title)


def addresses(letter: str, cards: Sequence[Card]) -> list[str]:
    """Return the permanent addresses of items; one without a code has none."""
    codes = (card.extra.get("code") for card in cards)
    return [f"/{letter}/{code}" for code in codes if code]


@dataclass(frozen=True, slots=True)
class Record:
    """One record, as everybody may see it.

    `letter` and `code` are the permanent address, `/r/D0104`; `path` is where the page stands now.
    `lang` is the language in which the record speaks; `title_lang` that of its title and of the
    work where it is another one: the Polish book of an English record.
    `issued` is as exact as the source: "2014", "2014-05" or "2014-05-01"; it is "" when unknown.
    `abstract` is plain text. `relations` are permanent addresses of other records. `version` grows
    with every change and `modified` is the instant of the last.
    """

    node_id: int
    letter: str
    code: str
    kind: Kind
    path: str
    title: str
    lang: str
    version: int
    modified: datetime
    abstract: str = ""
    contributors: tuple[Contributor, ...] = ()
    publisher: str = ""
    place: str = ""
    issued: str = ""
    series: str = ""
    number: str = ""
    isbn: str = ""
    issn: str = ""
    doi: str = ""
    pages: int | None = None
    # Of a film, in seconds.
    duration: int | None = None
    licence: str = ""
    programme: str = ""
    source: str = ""
    source_url: str = ""
    # Known elsewhere under this address, as where the work itself can be read.
    link: str = ""
    subjects: tuple[Subject, ...] = ()
    coverage: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
    # Of a film: where another service plays it, and what opens it to everybody, in the words of
    # schema.org.
    player: str = ""
    features: tuple[str, ...] = ()
    title_lang: str = ""

    @property
    def permanent(self) -> str:
        """The address that stays when the title or the place changes."""
        return f"/{self.letter}/{self.code}"

    @property
    def work_lang(self) -> str:
        """The language of the work, by which its title is read."""
        return self.title_lang or self.lang
