"""Which part of a file a request asks for (RFC 9110, section 14)."""

import re

# Eighteen digits are more than any file has; more of them cost time and help nobody.
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII | re.IGNORECASE)


class NotSatisfiable(Exception):
    """The file has no such bytes: answer 416."""


def wanted_bytes(header: str | None, size: int) -> tuple[int, int] | None:
    """Return the first byte and the one after the last, or None for the whole file.

    Several ranges at once, other units and malformed headers ask for nothing in particular:
    the RFC allows the whole file as the answer to them all.
    """
    match = _RANGE.fullmatch(header.strip()) if header else None
    if match is None or match[1] == match[2] == "":
        return None
    if match[1] == "":
        start, stop = max(0, size - int(match[2])), size
    else:
        start = int(match[1])
        stop = size if match[2] == "" else min(size, int(match[2]) + 1)
        if match[2] and int(match[2]) < start:
            return None
    if start >= stop:
        raise NotSatisfiable(header)
    return start, stop
