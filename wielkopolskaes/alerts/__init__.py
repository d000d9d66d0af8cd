"""Alerts: letters to readers who have asked to hear what a search finds later (powiadomienia).

Nobody gets one without having confirmed it from their own mailbox. `noticing` finds what has
become public and whom it is for, `writing` puts it into letters, and what happens between the
two stands in the database, so that a crash neither loses nor doubles anything. docs/alerts.md
has the whole.
"""

from datetime import timedelta

from pyramid.config import Configurator

PAGE = "/powiadomienia"
LINK = r"{token:[\w-]{1,100}}"
ROUTES = (
    ("alerts.new", PAGE),
    ("alerts.confirm", f"{PAGE}/potwierdz/{LINK}"),
    ("alerts.end", f"{PAGE}/koniec/{LINK}"),
    ("alerts.own", f"{PAGE}/moje/{LINK}"),
    ("alerts.change", f"{PAGE}/moje/{LINK}/zmiana"),
    ("alerts.end_some", f"{PAGE}/moje/{LINK}/koniec"),
)
DESK = "/redakcja/praca/powiadomienia"


def includeme(config: Configurator) -> None:
    """Add the pages, the jobs and the rules of retention."""
    from wielkopolskaes.alerts.noticing import notice
    from wielkopolskaes.alerts.planning import WRITE
    from wielkopolskaes.alerts.retention import RULES
    from wielkopolskaes.alerts.writing import write
    from wielkopolskaes.security.office import Office

    for name, path in ROUTES:
        config.add_route(name, path)
    config.add_route("desk.alerts", DESK, factory=Office)
    config.add_route("desk.alerts.erase", f"{DESK}/usun", factory=Office)
    config.add_job("alerts.notice", notice, every=timedelta(minutes=1))
    config.add_job(WRITE, write)
    for rule in RULES:
        config.add_retention_rule(rule)
    config.scan("wielkopolskaes.alerts.views")
