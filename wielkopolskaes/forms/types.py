"""Colander types that forms add: an instant as a clock in Poland shows it, an uploaded file."""

import re
from datetime import datetime
from typing import Any

import colander

from wielkopolskaes.clock import WARSAW, SkippedHour, instant_of
from wielkopolskaes.i18n import _

_LOCAL = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2})(?::[0-9]{2})?")


class Instant(colander.SchemaType):
    """A moment: typed as date and time in Poland, given to the code in UTC.

    Of the hour that comes twice in October the first one is meant.
    """

    def serialize(self, node: colander.SchemaNode, appstruct: Any) -> Any:
        """Write the local date and time as native inputs do."""
        if appstruct is colander.null:
            return appstruct
        return appstruct.astimezone(WARSAW).strftime("%Y-%m-%dT%H:%M")

    def deserialize(self, node: colander.SchemaNode, cstruct: Any) -> Any:
        """Read the local date and time; an hour that the clock skips is an error."""
        if cstruct in (colander.null, ""):
            return colander.null
        match = _LOCAL.fullmatch(str(cstruct).strip())
        try:
            local = datetime.fromisoformat(f"{match[1]}T{match[2]}" if match else "")
            return instant_of(local)
        except SkippedHour:
            raise colander.Invalid(
                node, _("There is no such hour: the clock is put forward.")
            ) from None
        except (ValueError, OverflowError):
            raise colander.Invalid(
                node, _("Write a date and a time, for example 2026-05-01 14:30.")
            ) from None


class Upload(colander.SchemaType):
    """A file as the request holds it: an object with `file` and `filename`."""

    def serialize(self, node: colander.SchemaNode, appstruct: Any) -> Any:
        """A browser takes no file from a page."""
        return colander.null

    def deserialize(self, node: colander.SchemaNode, cstruct: Any) -> Any:
        """Give the file on as it is."""
        return cstruct
