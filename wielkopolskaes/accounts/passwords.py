"""Passwords: kept as argon2id, judged by length and by what everybody would try first.

There are no rules of composition: they make passwords worse. `registry.passwords` holds the
one hasher of the process.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, cached_property
from importlib.resources import files
from string import digits, punctuation
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST = 12
LONGEST = 128
# Normalising makes some characters one, most of them not shorter.
LONGEST_TRIED = 8 * LONGEST
FEWEST_DISTINCT = 5
FEWEST_LETTERS = 4
LONGEST_WORD = 20
MOST_WORDS = 2
# Words that anybody who attacks this office tries first.
OFFICE_WORDS = (
    "rops", "poznan", "wielkopolska", "wielkopolskie", "wielkopolski", "certyfikat", "certyfikaty",
    "ekonomia", "spoleczna", "spoleczny", "zakup", "prospoleczny", "marszalek", "urzad", "portal",
    "redakcja", "administrator", "owes", "wces", "regionalny", "osrodek", "polityki", "spolecznej",
)  # fmt: skip
POLISH_WORDS = (
    "haslo", "maslo", "polska", "polonia", "kochanie", "kocham", "misiek", "mama", "tata", "praca",
    "biuro", "wiosna", "lato", "jesien", "zima", "styczen", "luty", "marzec", "kwiecien",
    "czerwiec", "lipiec", "sierpien", "wrzesien", "pazdziernik", "listopad", "grudzien", "lech",
    "kolejorz", "warszawa", "krakow", "zaq", "moje", "nowe", "tajne", "witaj", "dupa", "samsung",
)  # fmt: skip
ROWS = (
    "1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz",
    "1q2w3e4r5t6y7u8i9o0p", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "qazwsxedcrfvtgbyhnujm",
)  # fmt: skip

_LEET = str.maketrans("@4301$5!7", "aaeoissit")
_AROUND = digits + punctuation
_NO_LETTERS = re.compile(r"[\W\d_]+")


class Passwords:
    """Hashes and verifies. The figures are OWASP's for argon2id: 19 MiB, two passes."""

    def __init__(self, *, passes: int = 2, kibibytes: int = 19 * 1024) -> None:
        self._passes, self._kibibytes = passes, kibibytes

    @cached_property
    def _hasher(self) -> "PasswordHasher":
        # Loaded by the first login: most processes only show pages.
        from argon2 import PasswordHasher

        return PasswordHasher(self._passes, self._kibibytes, parallelism=1)

    @cached_property
    def _nobodys(self) -> str:
        return self.hash("the password of nobody")

    def hash(self, password: str) -> str:
        """Return what the database keeps."""
        return self._hasher.hash(_normal(password))

    def verify(self, kept: str, password: str) -> bool:
        """Tell whether it is the password; it takes as long when there is none to compare."""
        from argon2.exceptions import InvalidHashError, VerificationError

        nobodys = self._nobodys
        if len(password) > LONGEST_TRIED:
            # No password is that long: a megabyte is not to be normalised for each try.
            return self.verify("", "")
        try:
            return self._hasher.verify(kept or nobodys, _normal(password)) and bool(kept)
        except InvalidHashError:
            return self.verify("", password)
        except VerificationError:
            return False

    def is_outdated(self, kept: str) -> bool:
        """Tell whether the hash was made with other figures."""
        return self._hasher.check_needs_rehash(kept)


def is_too_short(password: str) -> bool:
    """Tell whether a password is shorter than we take."""
    return len(_normal(password)) < SHORTEST


def is_too_long(password: str) -> bool:
    """Tell whether a password is longer than we are ready to hash."""
    return len(_normal(password)) > LONGEST


def is_guessable(password: str, own_words: Iterable[str] = ()) -> bool:
    """Tell whether it is among what is tried first.

    That is: a password of the list, few characters repeated, or one or two well-known words
    and any of the office's and the person's own, with digits and signs around them. Three
    words that have nothing to do with each other are a good password.
    """
    plain = _plain(password)
    if plain in _listed() or len(set(plain)) < FEWEST_DISTINCT:
        return True
    near = {*OFFICE_WORDS, *(word for text in own_words for word in _words(text))}
    return any(_is_made_of_few(core, near) for core in _cores(plain))


def _normal(password: str) -> str:
    """The same password typed on two keyboards is the same password."""
    return unicodedata.normalize("NFKC", password)


def _plain(text: str) -> str:
    """Fold capitals and accents; digits and signs stay."""
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("ł", "l"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@cache
def _listed() -> frozenset[str]:
    text = (files("wielkopolskaes.accounts") / "data" / "common-passwords.txt").read_text("utf-8")
    return frozenset(text.split()) | {*POLISH_WORDS}


def _words(text: str) -> list[str]:
    """Split a name or an e-mail address into the words that a password may be made of."""
    return [word for word in _NO_LETTERS.split(_plain(text)) if len(word) > 2]


def _cores(plain: str) -> set[str]:
    """Return the letters alone: with and without rows of the keyboard, `p@ssw0rd` read aloud.

    A row counts from four keys on.
    """
    rowless = plain
    for row in ROWS:
        for keys in (row, row[::-1]):
            rowless = _without_row(rowless, keys)
    read = {text.strip(_AROUND).translate(_LEET) for text in (plain, rowless)}
    return {_NO_LETTERS.sub("", text) for text in (plain, rowless, *read)}


def _without_row(plain: str, keys: str) -> str:
    for length in range(len(keys), 3, -1):
        for start in range(len(keys) - length + 1):
            plain = plain.replace(keys[start : start + length], "")
    return plain


def _is_made_of_few(core: str, near: set[str]) -> bool:
    """Tell whether hardly a letter, or at most two listed words and any near ones, are all."""
    if len(core) < FEWEST_LETTERS:
        return True
    ways: list[set[frozenset[str]]] = [{frozenset()}, *(set() for _ in core)]
    for end in range(1, len(core) + 1):
        for start in range(max(0, end - LONGEST_WORD), end):
            word = core[start:end]
            if word in near:
                ways[end] |= ways[start]
            elif word in _listed():
                longer = (used | {word} for used in ways[start])
                ways[end].update(used for used in longer if len(used) <= MOST_WORDS)
    return bool(ways[-1])
