"""Adoptions: who has put a result in place, where, when, and what came of it (wdrożenia).

Anybody may tell of one. It waits for its teller to confirm it from their mailbox, then for an
editor; what readers see is an item like any other. The teller's name and address are kept apart
from the item, in `models.Contact`: no page, no file and no trail of events can show them.
docs/adoptions.md has the whole.
"""

from datetime import timedelta

from pyramid.config import Configurator

from wielkopolskaes.i18n import _

PAGE = "/wdrozylismy"
LINK = r"{token:[\w-]{1,100}}"
ROUTES = (
    ("adoptions.new", PAGE),
    ("adoptions.confirm", f"{PAGE}/potwierdz/{LINK}"),
    ("adoptions.own", f"{PAGE}/moje/{LINK}"),
)
DESK = "/redakcja/wdrozenia"


def includeme(config: Configurator) -> None:
    """Register the type, its list, the pages, the job and the rules of retention."""
    from wielkopolskaes.adoptions import cards, facets, rows
    from wielkopolskaes.adoptions.answering import answer
    from wielkopolskaes.adoptions.models import Adoption
    from wielkopolskaes.adoptions.retention import RULES
    from wielkopolskaes.adoptions.schemas import AdoptionSchema
    from wielkopolskaes.content.registry import ContentType
    from wielkopolskaes.content.section.asked import Base
    from wielkopolskaes.search.results import Order
    from wielkopolskaes.security.office import Office

    config.add_content_type(
        ContentType(
            kind="adoption",
            model=Adoption,
            schema=AdoptionSchema,
            label=_("Adoption"),
            template="wielkopolskaes:site/templates/adoption.jinja2",
            card=cards.of_adoption,
            present=rows.present,
            tags=facets.tags,
            schema_org="Article",
        )
    )
    orders = (Order.NEWEST, Order.TITLE, Order.RELEVANCE)
    kinds = frozenset(("adoption",))
    config.add_base(
        Base("adoptions", kinds, facets.facets, orders, row=rows.row, where="adoptedin")
    )
    for name, path in ROUTES:
        config.add_route(name, path)
    config.add_route("desk.adoptions", DESK, factory=Office)
    config.include("wielkopolskaes.adoptions.views.routes")
    config.add_job("adoptions.answer", answer, every=timedelta(minutes=10))
    for rule in RULES:
        config.add_retention_rule(rule)
    config.scan("wielkopolskaes.adoptions.views")
