"""What an editor fills in for a funding mark."""

import colander

from wielkopolskaes.content.base import BodySchema
from wielkopolskaes.content.fields import NodeRef, choice, many, text

PERSPECTIVES = ("2004-2006", "2007-2013", "2014-2020", "2021-2027")


class MarkSchema(colander.Schema):
    """One mark of the strip."""

    alt = text("alt", 250, missing=colander.required)
    image = colander.SchemaNode(NodeRef("image"), missing=None)


class FundingSchema(BodySchema):
    """The programme, the fund and the sentence that the rules ask for."""

    programme = text("programme", 250, missing=colander.required)
    fund = text("fund", 250)
    statement = text("statement", 600, missing=colander.required)
    period = text("period", 40)
    perspective = choice("perspective", PERSPECTIVES, missing=None)
    marks = many("marks", MarkSchema(), limit=8)
