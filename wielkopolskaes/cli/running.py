"""From a parsed command line to an exit code: errors become polite lines."""

import argparse
import sys
from importlib import import_module

from sqlalchemy.exc import DBAPIError

from wielkopolskaes.settings import SettingsError

FINE, PROBLEMS, USAGE, CONFIGURATION, INTERRUPTED = 0, 1, 2, 3, 130


class Refusal(Exception):
    """The verb will not do what was asked; the message says why, in one line."""

    def __init__(self, message: str, code: int = PROBLEMS) -> None:
        self.code = code
        super().__init__(message)


def run(args: argparse.Namespace) -> int:
    """Run the verb and return the exit code."""
    # A terminal without Polish letters shows question marks instead of an error.
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    verb = import_module(f"wielkopolskaes.cli.{args.verb.replace('-', '_')}")
    try:
        return verb.run(args)
    except KeyboardInterrupt:
        return _complain("Interrupted.", INTERRUPTED)
    except Exception as error:
        if args.debug:
            raise
        return _complain(*_explain(error))


def _explain(error: Exception) -> tuple[str, int]:
    match error:
        case Refusal():
            return str(error), error.code
        case SettingsError():
            return str(error), CONFIGURATION
        case DBAPIError():
            return f"The database refused: {_first_line(error.orig)}", PROBLEMS
        case OSError():
            return f"{error.strerror or error}: {error.filename or ''}".rstrip(": "), PROBLEMS
    what = f"{type(error).__name__}: {_first_line(error)}"
    return f"Failed: {what} (--debug shows where)", PROBLEMS


def _first_line(error: object) -> str:
    return next(iter(str(error).strip().splitlines()), "no details")


def _complain(message: str, code: int) -> int:
    print(f"wielkopolskaes: {message}", file=sys.stderr)
    return code
