"""What an editor fills in for a piece of news."""

from wielkopolskaes.content.base import BodySchema
from wielkopolskaes.content.fields import day
from wielkopolskaes.i18n import _


class ArticleSchema(BodySchema):
    """News has a day; lists are ordered by it."""

    shown_on = day("shown_on", _("Date of the news"))
