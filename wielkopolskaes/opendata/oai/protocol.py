"""Requests of the protocol: six verbs, their arguments, and what is wrong with others."""

import re
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from webob.multidict import MultiDict

PREFIX = "oai_dc"
TOKEN = "resumptionToken"  # noqa: S105 -- the name of an argument
_LIST = frozenset({"from", "until", "set"})


class Arguments(NamedTuple):
    """What a verb takes; `alone` is an argument that stands in for all others."""

    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    alone: str = ""


VERBS = {
    "Identify": Arguments(),
    "ListMetadataFormats": Arguments(optional=frozenset({"identifier"})),
    "ListSets": Arguments(alone=TOKEN),
    "ListIdentifiers": Arguments(frozenset({"metadataPrefix"}), _LIST, TOKEN),
    "ListRecords": Arguments(frozenset({"metadataPrefix"}), _LIST, TOKEN),
    "GetRecord": Arguments(frozenset({"identifier", "metadataPrefix"})),
}
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_SECOND = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_WORDS = {
    "metadataPrefix": re.compile(r"[\w.!~*'()-]+", re.ASCII),
    "set": re.compile(r"[\w.!~*'()-]+(?::[\w.!~*'()-]+)*", re.ASCII),
    "identifier": re.compile(r"[!-~]+"),
}


class OaiError(Exception):
    """A request that the protocol has an error for; texts are in English, as all of it is."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


class Span(NamedTuple):
    """Instants: `since` counts, `before` no longer does."""

    since: datetime | None = None
    before: datetime | None = None


def read(given: "MultiDict[str, str]") -> tuple[str, dict[str, str]]:
    """Return the verb and its arguments; raises OaiError."""
    if given.getall("verb") and len(given.getall("verb")) > 1:
        raise OaiError("badVerb", "The argument “verb” is repeated.")
    verb = given.get("verb", "")
    if verb not in VERBS:
        raise OaiError("badVerb", f"There are these verbs: {', '.join(VERBS)}.")
    arguments = {name: value for name, value in given.items() if name != "verb"}
    if len(arguments) != len(given) - 1:
        raise OaiError("badArgument", "An argument is repeated.")
    _check(VERBS[verb], arguments)
    return verb, arguments


def _check(known: Arguments, arguments: Mapping[str, str]) -> None:
    if known.alone and known.alone in arguments:
        if len(arguments) > 1:
            raise OaiError("badArgument", f"{known.alone} stands alone.")
        return
    for name in sorted(known.required - arguments.keys()):
        raise OaiError("badArgument", f"The argument “{name}” is missing.")
    for _name in arguments.keys() - known.required - known.optional:
        raise OaiError("badArgument", "The verb takes no such argument.")
    for name, form in _WORDS.items():
        if name in arguments and not form.fullmatch(arguments[name]):
            raise OaiError("badArgument", f"The argument “{name}” is malformed.")


def check_prefix(prefix: str) -> None:
    """Raise OaiError for a format that we do not have."""
    if prefix != PREFIX:
        raise OaiError("cannotDisseminateFormat", f"There is {PREFIX} alone.")


def check_set(wanted: str | None, sets: Collection[str]) -> None:
    """Raise OaiError for a set that we do not have: nothing is in it."""
    if wanted is not None and wanted not in sets:
        raise OaiError("noRecordsMatch", "There is no such set.")


def span_of(since: str | None, until: str | None) -> Span:
    """Read both ends, which belong to the span, in days or in seconds; raises OaiError."""
    ends = [end for end in (since, until) if end is not None]
    if len({bool(_DAY.fullmatch(end)) for end in ends}) > 1:
        raise OaiError("badArgument", "“from” and “until” are of different granularity.")
    first, last = _instant(since), _instant(until)
    if first and last and first > last:
        raise OaiError("badArgument", "“from” is after “until”.")
    if last is None or until is None:
        return Span(first, None)
    step = timedelta(days=1) if _DAY.fullmatch(until) else timedelta(seconds=1)
    try:
        return Span(first, last + step)
    except OverflowError:
        return Span(first, None)


def _instant(written: str | None) -> datetime | None:
    if written is None:
        return None
    if not (_DAY.fullmatch(written) or _SECOND.fullmatch(written)):
        raise OaiError("badArgument", "A date is 2026-11-28 or 2026-11-28T12:30:00Z.")
    try:
        return datetime.fromisoformat(written).replace(tzinfo=UTC)
    except ValueError:
        raise OaiError("badArgument", "There is no such date.") from None


def written(moment: datetime) -> str:
    """Write an instant in the granularity of the repository, seconds."""
    return f"{moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat()}Z"
