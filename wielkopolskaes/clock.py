"""Instants are kept in UTC; a day, for readers, is a day in Poland."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WARSAW = ZoneInfo("Europe/Warsaw")


def day_of(moment: datetime) -> date:
    """Return the day on which something happens for readers."""
    return moment.astimezone(WARSAW).date()


def next_midnight(now: datetime) -> datetime:
    """Return when what depends on today's date changes next."""
    return midnight(day_of(now) + timedelta(days=1))


def midnight(day: date) -> datetime:
    """Return when a day begins for readers."""
    return datetime.combine(day, time(), WARSAW)


class SkippedHour(ValueError):
    """The clock on the wall never shows this: it is put forward."""


def instant_of(local: datetime) -> datetime:
    """Return the instant, in UTC, at which the clock on the wall in Poland shows `local`.

    Of the hour that comes twice in October the first one is meant. Raises SkippedHour, and
    OverflowError near the ends of the calendar.
    """
    moment = local.replace(tzinfo=WARSAW).astimezone(UTC)
    if moment.astimezone(WARSAW).replace(tzinfo=None) != local:
        raise SkippedHour(local)
    return moment
