"""Nothing is computed twice and nothing stale is shown: page cache, memo, and what drops them.

Everything rests on one rule. What is kept remembers the *tags* of the content it was made
from and the clock it read *before* reading that content; a commit moves the clock and marks
the tags it changed *afterwards* (`versions` holds the proof). There are no time limits to
wait for and nothing to purge.

Tags, by convention: ``node:12``, ``children:12``, ``kind:article``, ``translation:<key>``,
``tree`` (what menus and breadcrumbs show), ``nodes`` (any item at all), ``*`` (everything).
"""

from pyramid.config import Configurator

PARTS = (".versions", ".memo", ".changes", ".marks")


def includeme(config: Configurator) -> None:
    """Needs the parts `settings` and `db`; `main` adds `PageCache` and `listener.listen`."""
    for part in PARTS:
        config.include(part)
