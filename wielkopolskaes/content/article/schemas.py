"""What an editor fills in for a piece of news."""

import colander

from wielkopolskaes.content.base import BodySchema


class ArticleSchema(BodySchema):
    """News has a day; lists are ordered by it."""

    shown_on = colander.SchemaNode(colander.Date())
