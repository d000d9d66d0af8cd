"""Days and hours as editors type and read them: the clock on the wall in Poland."""

from datetime import UTC, date, datetime, time

from wielkopolskaes.clock import WARSAW


class NoSuchMoment(ValueError):
    """The day or the hour is malformed, or the clocks skip that hour."""


def read_moment(day: str, hour: str) -> datetime | None:
    """Read a day and an hour, None when both are empty.

    Of an hour that comes twice, when the clocks go back, the first is meant.
    Raises NoSuchMoment.
    """
    if not day and not hour:
        return None
    try:
        local = datetime.combine(date.fromisoformat(day), time.fromisoformat(hour), WARSAW)
        moment = local.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise NoSuchMoment(day, hour) from error
    if moment.astimezone(WARSAW).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchMoment(day, hour)
    return moment


def typed(moment: datetime | None) -> tuple[str, str]:
    """Return the day and the hour as the two inputs hold them."""
    if moment is None:
        return "", ""
    local = moment.astimezone(WARSAW)
    return local.date().isoformat(), f"{local:%H:%M}"
