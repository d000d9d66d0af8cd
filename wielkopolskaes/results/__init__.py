"""The results base: what projects worked out, who can use it, and what it takes.

EQUAL's base had two kinds of records, and so has this one: projects (`partnership`, after EQUAL's
development partnerships) and results; one project, many results.
"""

from pyramid.config import Configurator

from wielkopolskaes.i18n import _


def includeme(config: Configurator) -> None:
    """Register the types and the database that lists them."""
    from wielkopolskaes.content.registry import ContentType
    from wielkopolskaes.content.section.asked import Base
    from wielkopolskaes.results import cards, facets, records, views
    from wielkopolskaes.results.models import Partnership, Result
    from wielkopolskaes.results.schemas import PartnershipSchema, ResultSchema

    templates = "wielkopolskaes:site/templates/"
    config.add_content_type(
        ContentType(
            kind="result",
            model=Result,
            schema=ResultSchema,
            label=_("Result"),
            template=f"{templates}result.jinja2",
            card=cards.of_result,
            present=views.present_result,
            tags=facets.tags_of_result,
            record=records.of_result,
            letter="r",
            schema_org="CreativeWork",
        )
    )
    config.add_content_type(
        ContentType(
            kind="partnership",
            model=Partnership,
            schema=PartnershipSchema,
            label=_("EQUAL project"),
            template=f"{templates}partnership.jinja2",
            card=cards.of_partnership,
            present=views.present_partnership,
            tags=facets.tags_of_partnership,
            record=records.of_partnership,
            letter="e",
            schema_org="Project",
        )
    )
    kinds = frozenset(("result", "partnership"))
    config.add_base(Base("results", kinds, facets.facets, row=views.row))
