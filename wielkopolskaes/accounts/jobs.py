"""What the worker does for accounts."""

from wielkopolskaes.accounts import services
from wielkopolskaes.jobs.kinds import JobContext


def send_reset(context: JobContext, person_id: int) -> None:
    """Write the letter with the link for a new password."""
    services.send_reset(context.session, person_id, context.now)
