"""The log: one JSON object per line in production, one readable line in development.

What people write never enters it.  Only the fields below are written; in production a traceback
names the places in the code and the kind of error but not its message, because messages quote
the values that caused them (``invalid literal for int(): '…'``, the parameters of a statement).
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

from pyramid.config import Configurator

FIELDS = ("incident", "method", "path", "status", "ms", "reason")
DEEPEST_TRACE = 60

# What a terminal or a reader of lines could take for an end of line or a command.
_UNSAFE = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))} | {
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": _moment(record).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        } | _fields(record)
        if record.exc_info and record.exc_info[1]:
            line["errors"] = [_kind(error) for error in _chain(record.exc_info[1])]
            line["trace"] = _places(record.exc_info[1])
        # Escaping all that is not ASCII also makes it impossible to forge a second line.
        return json.dumps(line, ensure_ascii=True)


class LineFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        fields = " ".join(str(value) for value in _fields(record).values())
        parts = (
            f"{_moment(record):%H:%M:%S}",
            record.levelname,
            record.name.removeprefix("wielkopolskaes."),
            record.getMessage(),
            fields,
        )
        line = " ".join(filter(None, parts)).translate(_UNSAFE)
        return "\n".join(
            [line, self.formatException(record.exc_info)] if record.exc_info else [line]
        )


def _moment(record: logging.LogRecord) -> datetime:
    return datetime.fromtimestamp(record.created, UTC)


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    values = ((name, getattr(record, name, None)) for name in FIELDS)
    return {name: value for name, value in values if value not in (None, "")}


def _chain(error: BaseException) -> list[BaseException]:
    """The error and what it came from, the last one first."""
    chain: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in chain:
        chain.append(current)
        current = current.__cause__ or (
            None if current.__suppress_context__ else current.__context__
        )
    return chain


def _kind(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)[-DEEPEST_TRACE:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


def configure(*, as_json: bool) -> None:
    """Choose how lines are written; where they go and from which level on, the ini file says.

    Without an ini file (a script, a foreign server) they go to standard error.
    """
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.StreamHandler())
        root.setLevel(logging.INFO)
    formatter = JsonFormatter() if as_json else LineFormatter()
    for handler in root.handlers:
        # The exact class: test runners and collectors put subclasses with a format of their own.
        if type(handler) is logging.StreamHandler:
            handler.setFormatter(formatter)


def includeme(config: Configurator) -> None:
    configure(as_json=config.registry.portal.log_json)
