"""What an editor fills in for a funding mark."""

import colander

from wielkopolskaes.content.base import BodySchema
from wielkopolskaes.content.fields import choice, item, many, text
from wielkopolskaes.i18n import _

PERSPECTIVES = {
    "2004-2006": "2004–2006",
    "2007-2013": "2007–2013",
    "2014-2020": "2014–2020",
    "2021-2027": "2021–2027",
}


class MarkSchema(colander.Schema):
    """One mark of the strip."""

    alt = text(
        "alt",
        _("Words of the mark"),
        250,
        missing=colander.required,
        description=_("For those who do not see it."),
    )
    image = item("image", _("Picture"), "image")


class FundingSchema(BodySchema):
    """The programme, the fund and the sentence that the rules ask for."""

    programme = text("programme", _("Programme"), 250, missing=colander.required)
    fund = text("fund", _("Fund"), 250)
    statement = text("statement", _("Statement of the funding"), 600, missing=colander.required)
    period = text("period", _("Period"), 40)
    perspective = choice(
        "perspective", _("Financial perspective of the European Union"), PERSPECTIVES, missing=None
    )
    marks = many("marks", _("Marks"), MarkSchema(title=_("Mark")), limit=8)
