"""Identifiers of records: `oai:host:r/D0104`, and `oai:host:r/D0104/en` of another language."""

import re
from typing import NamedTuple

_NAME = re.compile(r"oai:([^:]+):([a-z])/([A-Z0-9][A-Z0-9-]*)(?:/([a-z]{2}))?", re.ASCII)
_FIRST = "pl"


class Part(NamedTuple):
    """What an identifier names."""

    letter: str
    code: str
    lang: str


def identifier(domain: str, letter: str, code: str, lang: str) -> str:
    """Name a language version of a record."""
    return f"oai:{domain}:{letter}/{code}" + (f"/{lang}" if lang != _FIRST else "")


def part(name: str, domain: str) -> Part | None:
    """Read an identifier; None for what is not ours."""
    match = _NAME.fullmatch(name)
    if match is None or match[1] != domain or match[4] == _FIRST:
        return None
    return Part(match[2], match[3], match[4] or _FIRST)
