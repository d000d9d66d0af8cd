"""Moments of a film: seconds for programs, 1:02:03 for people."""

import re
from typing import Any

import colander

from wielkopolskaes.i18n import _

LONGEST = 24 * 3600
_CLOCK = re.compile(r"(?:([0-9]{1,2}):)?([0-9]{1,3}):([0-5][0-9])")
_SECONDS = re.compile(r"[0-9]{1,5}")


def read_clock(text: str) -> int | None:
    """Read 1:23, 83:00, 1:02:03 or plain seconds; None for anything else."""
    if _SECONDS.fullmatch(text):
        return int(text)
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    if match[1] and minutes > 59:
        return None
    return hours * 3600 + minutes * 60 + seconds


def clock(seconds: int) -> str:
    """Write 83 as 1:23 and 3723 as 1:02:03."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


class Clock(colander.SchemaType):
    """A moment or a length: typed as 1:23 or 1:02:03, given to the code in seconds."""

    def serialize(self, node: colander.SchemaNode, appstruct: Any) -> Any:
        """Write the seconds as a clock."""
        return appstruct if appstruct in (colander.null, None) else clock(int(appstruct))

    def deserialize(self, node: colander.SchemaNode, cstruct: Any) -> Any:
        """Read what was typed; what is no moment is an error that shows one."""
        typed = "" if cstruct is colander.null else str(cstruct).strip()
        if not typed:
            return colander.null
        seconds = read_clock(typed)
        if seconds is None or seconds >= LONGEST:
            raise colander.Invalid(
                node, _("Write minutes and seconds, or hours too: 1:23 or 1:02:03.")
            )
        return seconds
