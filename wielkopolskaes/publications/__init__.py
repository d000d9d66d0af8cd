"""The library: books, reports, programmes and articles, with files or where to find them."""

from pyramid.config import Configurator

from wielkopolskaes.i18n import _


def includeme(config: Configurator) -> None:
    """Register the type and the database that lists it."""
    from wielkopolskaes.content.registry import ContentType
    from wielkopolskaes.content.section.asked import Base
    from wielkopolskaes.publications import cards, facets, followed, known, records, views
    from wielkopolskaes.publications.models import Publication
    from wielkopolskaes.publications.schemas import PublicationSchema
    from wielkopolskaes.search.results import Order

    config.add_content_type(
        ContentType(
            kind="publication",
            model=Publication,
            schema=PublicationSchema,
            label=_("Publication"),
            template="wielkopolskaes:site/templates/publication.jinja2",
            card=cards.of_publication,
            present=views.present,
            tags=facets.tags,
            record=records.of_publication,
            letter="p",
            known_by=known.KNOWN_BY,
            schema_org="CreativeWork",
        )
    )
    # The newest in the portal is not what was published last: that order would mislead.
    orders = (Order.TITLE, Order.RELEVANCE)
    kinds = frozenset(("publication",))
    config.add_base(Base("library", kinds, facets.facets, orders, row=views.row))
    followed.watch(config.registry.dbsession_factory)
