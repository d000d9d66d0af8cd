"""The job that applies the rules of retention once a day."""

from wielkopolskaes.jobs.kinds import JobContext
from wielkopolskaes.retention.services import apply


def forget(context: JobContext) -> None:
    """Apply all rules; what one day missed, the next one does."""
    for _applied in apply(context.registry, now=context.now):
        pass
