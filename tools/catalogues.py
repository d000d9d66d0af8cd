"""Keep the catalogues of the interface complete.

``catalogues.py update`` brings locale/*/LC_MESSAGES in step with the source; English, the
language of the message ids, is filled in by itself.  ``catalogues.py check`` changes nothing and
fails when a message is missing, superfluous, empty, fuzzy or lost a placeholder on the way.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
DOMAIN = "wielkopolskaes"
LANGUAGES = ("pl", "en")
METHODS = [("**.py", "python"), ("**.jinja2", "jinja2")]
OPTIONS = {"**.jinja2": {"silent": "false", "extensions": "jinja2.ext.do"}}
KEYWORDS = DEFAULT_KEYWORDS | {"pluralize": (1, 2)}
COMMENTS = ("Translators:",)
# ${name} in Python, %(name)s in templates, and the tags of HTML.
# A one-letter Polish word does not stand at the end of a line: it is bound to the next word.
ONE_LETTER = re.compile(r"(?<!\w)([aiouwz]) (?=\S)", re.IGNORECASE)
PLACEHOLDER = re.compile(r"\$\{\w+\}|%\(\w+\)[sd]|</?[a-z]\w*")


def source() -> Catalog:
    catalog = Catalog(domain=DOMAIN)
    found = extract_from_dir(ROOT / DOMAIN, METHODS, OPTIONS, KEYWORDS, COMMENTS)
    for name, _line, message, comments, context in sorted(found, key=lambda hit: hit[:2]):
        catalog.add(message, None, [(f"{DOMAIN}/{name}", 0)], (), comments, context=context)
    return catalog


def path(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def stored(language: str) -> Catalog:
    if not path(language).exists():
        return Catalog(language, DOMAIN, project=DOMAIN, fuzzy=False)
    with path(language).open("rb") as file:
        return read_po(file, language, DOMAIN)


def messages(catalog: Catalog) -> dict[tuple[str, str | None], Message]:
    """Messages by id and context, without the header."""
    return {(_id(message), message.context): message for message in catalog if message.id}


def _id(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def texts(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def update(language: str) -> Iterator[str]:
    """Write the catalogue anew; yield what is left to translate."""
    catalog = stored(language)
    catalog.update(source(), no_fuzzy_matching=True, update_creation_date=False)
    if language == "en":
        fill_with_ids(catalog)
    else:
        bind_words(catalog)
    path(language).parent.mkdir(parents=True, exist_ok=True)
    with path(language).open("wb") as file:
        write_po(file, catalog, width=100, include_lineno=False, ignore_obsolete=True)
    yield from (f"{language}: to translate: {name}" for name in _empty(catalog))


def fill_with_ids(catalog: Catalog) -> None:
    for message in messages(catalog).values():
        if not all(texts(message)):
            message.string = message.id


def bind_words(catalog: Catalog) -> None:
    for message in messages(catalog).values():
        bound = tuple(bind(text) for text in texts(message))
        message.string = bound[0] if isinstance(message.id, str) else bound


def bind(text: str) -> str:
    return ONE_LETTER.sub("\\1\N{NO-BREAK SPACE}", text)


def _empty(catalog: Catalog) -> list[str]:
    return [name for (name, _), message in messages(catalog).items() if not all(texts(message))]


def check(language: str) -> Iterator[str]:
    wanted, there = messages(source()), messages(stored(language))
    yield from (f"{language}: not in the catalogue: {key[0]}" for key in wanted.keys() - there)
    yield from (f"{language}: no longer in the source: {key[0]}" for key in there.keys() - wanted)
    for name, message in ((key[0], message) for key, message in there.items() if key in wanted):
        if not all(texts(message)):
            yield f"{language}: empty: {name}"
        elif message.fuzzy:
            yield f"{language}: fuzzy: {name}"
        elif language == "pl" and any(bind(text) != text for text in texts(message)):
            yield f"{language}: a one-letter word may end a line, run update: {name}"
        elif not placeholders_agree(message):
            yield f"{language}: placeholders differ: {name}"


def placeholders_agree(message: Message) -> bool:
    """Tell whether a translation names what its id names; a plural form may omit the number."""
    if isinstance(message.id, str):
        return all(_found(text) == _found(message.id) for text in texts(message))
    allowed = set().union(*map(_found, message.id))
    return all(set(_found(text)) <= allowed for text in texts(message))


def _found(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def main(verb: str) -> int:
    problems = [
        line for language in LANGUAGES for line in (update, check)[verb == "check"](language)
    ]
    for line in sorted(problems):
        print(line)
    return int(verb == "check" and bool(problems))


if __name__ == "__main__":
    if sys.argv[1:] not in (["update"], ["check"]):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
