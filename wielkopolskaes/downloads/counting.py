"""Whether it was a reader who took a file: robots and the office's own people do not count."""

from functools import lru_cache

from wielkopolskaes.downloads.tally import Tally
from wielkopolskaes.media.events import DocumentTaken
from wielkopolskaes.search.report.privacy import is_reader


def count(event: DocumentTaken) -> None:
    """Count a document that was taken; the database is not asked and nothing is written to it."""
    request = event.request
    agent = request.user_agent or ""
    if not is_reader(request) or is_robot(agent):
        return
    tally: Tally = request.registry.download_tally
    tally.take_note(event.sha256, request.remote_addr or "", agent, request.now)


@lru_cache(maxsize=256)
def is_robot(agent: str) -> bool:
    """Tell whether COUNTER's list of robots and machines names the agent."""
    # The list is read when the first file is taken: a start stays light.
    from counter_robots import is_robot_or_machine

    return bool(is_robot_or_machine(agent))
