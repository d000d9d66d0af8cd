"""The results base: what projects worked out, who can use it, and what it takes.

EQUAL's base had two kinds of records, and so has this one: projects (`partnership`, after EQUAL's
development partnerships) and results; one project, many results.
"""

from typing import TYPE_CHECKING

from pyramid.config import Configurator

from wielkopolskaes.i18n import _

if TYPE_CHECKING:
    from wielkopolskaes.content.registry import ContentType


TEMPLATES = "wielkopolskaes:site/templates/"


def includeme(config: Configurator) -> None:
    """Register the types and the database that lists them."""
    from wielkopolskaes.content.section.asked import Base
    from wielkopolskaes.results import facets, views

    config.add_content_type(_result())
    config.add_content_type(_partnership())
    kinds = frozenset(("result", "partnership"))
    config.scan("wielkopolskaes.results.comparison")
    config.scan("wielkopolskaes.results.completeness")
    config.add_base(Base("results", kinds, facets.facets, row=views.row, where="area"))


def _result() -> "ContentType":
    from wielkopolskaes.content.registry import ContentType
    from wielkopolskaes.results import cards, facets, records, views
    from wielkopolskaes.results.models import Result
    from wielkopolskaes.results.schemas import ResultSchema

    return ContentType(
        kind="result",
        model=Result,
        schema=ResultSchema,
        label=_("Result"),
        template=f"{TEMPLATES}result.jinja2",
        card=cards.of_result,
        present=views.present_result,
        tags=facets.tags_of_result,
        record=records.of_result,
        letter=records.RESULT,
        schema_org="CreativeWork",
    )


def _partnership() -> "ContentType":
    from wielkopolskaes.content.registry import ContentType
    from wielkopolskaes.results import cards, facets, known, records, views
    from wielkopolskaes.results.models import Partnership
    from wielkopolskaes.results.schemas import PartnershipSchema

    return ContentType(
        kind="partnership",
        model=Partnership,
        schema=PartnershipSchema,
        label=_("EQUAL project"),
        template=f"{TEMPLATES}partnership.jinja2",
        card=cards.of_partnership,
        present=views.present_partnership,
        tags=facets.tags_of_partnership,
        record=records.of_partnership,
        letter=records.PROJECT,
        known_by=known.PROJECT,
        schema_org="Project",
    )
