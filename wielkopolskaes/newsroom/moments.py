"""Days and hours as editors type and read them: the clock on the wall in Poland."""

from datetime import date, datetime, time

from wielkopolskaes.clock import WARSAW, instant_of


class NoSuchMoment(ValueError):
    """The day or the hour is malformed, or the clocks skip that hour."""


def read_moment(day: str, hour: str) -> datetime | None:
    """Read a day and an hour, None when both are empty.

    Of an hour that comes twice the first is meant (`clock.instant_of`). Raises NoSuchMoment.
    """
    if not day and not hour:
        return None
    try:
        at = time.fromisoformat(hour)
        return instant_of(datetime.combine(date.fromisoformat(day), at.replace(tzinfo=None)))
    except (ValueError, OverflowError) as error:
        raise NoSuchMoment(day, hour) from error


def typed(moment: datetime | None) -> tuple[str, str]:
    """Return the day and the hour as the two inputs hold them."""
    if moment is None:
        return "", ""
    local = moment.astimezone(WARSAW)
    return local.date().isoformat(), f"{local:%H:%M}"
