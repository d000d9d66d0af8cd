"""Films: our own, played by another service after a click, or only known; open to everybody."""

from pyramid.config import Configurator

from wielkopolskaes.i18n import _


def includeme(config: Configurator) -> None:
    """Register the type, the database that lists it, and the captions of its players."""
    from wielkopolskaes.content.registry import ContentType
    from wielkopolskaes.content.section.asked import Base
    from wielkopolskaes.films import cards, facets, queries, records, views
    from wielkopolskaes.films.models import Film
    from wielkopolskaes.films.schemas import FilmSchema
    from wielkopolskaes.search.results import Order
    from wielkopolskaes.security.permissions import Permission

    config.add_content_type(
        ContentType(
            kind="film",
            model=Film,
            schema=FilmSchema,
            label=_("Film"),
            template="wielkopolskaes:site/templates/film.jinja2",
            card=cards.of_film,
            present=views.present,
            tags=facets.tags,
            record=records.of_film,
            letter="f",
            schema_org="VideoObject",
            places=queries.places,
        )
    )
    # The newest in the portal is not what was made last: that order would mislead.
    orders = (Order.TITLE, Order.RELEVANCE)
    config.add_base(Base("films", frozenset(("film",)), facets.facets, orders, row=views.row))
    config.add_view(
        views.captions, name="napisy.vtt", context=Film, permission=Permission.VIEW,
        request_method="GET",
    )  # fmt: skip
