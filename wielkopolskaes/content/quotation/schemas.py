"""What an editor fills in for a quotation."""

import colander

from wielkopolskaes.content.base import BodySchema
from wielkopolskaes.content.fields import text as line
from wielkopolskaes.content.fields import url
from wielkopolskaes.i18n import _


class QuotationSchema(BodySchema):
    """The words and where they come from."""

    text = line("text", _("Quotation"), 400, missing=colander.required)
    source_title = line("source_title", _("Title of the source"), 250, missing=colander.required)
    quote_url = url("quote_url", _("Address of the quotation"))
