"""Instants are kept in UTC; a day, for readers, is a day in Poland."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WARSAW = ZoneInfo("Europe/Warsaw")


def day_of(moment: datetime) -> date:
    """Return the day on which something happens for readers."""
    return moment.astimezone(WARSAW).date()


def next_midnight(now: datetime) -> datetime:
    """Return when what depends on today's date changes next."""
    return datetime.combine(day_of(now) + timedelta(days=1), time(), WARSAW)
