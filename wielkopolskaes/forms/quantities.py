"""Widgets for what is counted and measured: numbers, amounts, days, hours, moments."""

import re
from typing import Any

from wielkopolskaes.forms.widgets import UNREADABLE, Control
from wielkopolskaes.i18n import _

_DAY = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?::[0-9]{2})?")
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_WHOLE = re.compile(r"[+-]?[0-9]{1,15}")


class Number(Control):
    """A number as it is written here: decimal comma or dot, blanks of any width between digits."""

    inputmode = "decimal"
    narrow = True
    pattern = _NUMBER
    unreadable = _("Write a number, for example 1 234,50.")

    def read(self, typed: str) -> str:
        """Take the blanks out and make the comma a dot."""
        plain = re.sub(r"\s", "", typed).replace("−", "-")
        if plain.count(",") + plain.count(".") == 1:
            plain = plain.replace(",", ".")
        return plain if not plain or self.pattern.fullmatch(plain) else UNREADABLE

    def write(self, value: str) -> str:
        """Show the comma."""
        return value.replace(".", ",")

    def more(self, field: Any, value: str) -> dict[str, Any]:
        """Add what is counted: złoty, percent."""
        return {"unit": field.renderer.translate(getattr(field.schema, "unit", ""))}


class Money(Number):
    unreadable = _("Write an amount, for example 1 234,50.")

    def more(self, field: Any, value: str) -> dict[str, Any]:
        """Amounts are in złoty unless told otherwise."""
        unit = getattr(field.schema, "unit", _("zł"))
        return {"unit": field.renderer.translate(unit)}


class Integer(Number):
    inputmode = "numeric"
    pattern = _WHOLE
    unreadable = _("Write a whole number, for example 20.")


class Date(Control):
    """A day, by the browser's own calendar; typed as 1.05.2026 it is understood too."""

    type = "date"
    narrow = True
    native = _ISO_DAY
    unreadable = _("Write a day, for example 2026-05-01.")

    def read(self, typed: str) -> str:
        """Turn the day to the way computers write it."""
        plain = typed.strip()
        if match := _DAY.fullmatch(plain):
            plain = f"{match[3]}-{match[2]:0>2}-{match[1]:0>2}"
        return plain if not plain or _ISO_DAY.fullmatch(plain) else UNREADABLE

    def type_for(self, value: str) -> str:
        """A native input would hide what it cannot read."""
        return self.type if not value or self.native.fullmatch(value) else "text"


class Time(Date):
    type = "time"
    native = re.compile(r"[0-9]{2}:[0-9]{2}(?::[0-9]{2})?")
    unreadable = _("Write an hour, for example 14:30.")

    def read(self, typed: str) -> str:
        """Accept a dot between hours and minutes."""
        plain = typed.strip()
        if match := _TIME.fullmatch(plain):
            plain = f"{match[1]:0>2}:{match[2]}"
        return plain if not plain or self.native.fullmatch(plain) else UNREADABLE

    def write(self, value: str) -> str:
        """Nobody asks for seconds."""
        return value[:5]


class Instant(Date):
    type = "datetime-local"
    native = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?")

    def read(self, typed: str) -> str:
        """The schema's type reads it."""
        return typed.strip()
