"""News."""

from pyramid.config import Configurator

from wielkopolskaes.i18n import _


def includeme(config: Configurator) -> None:
    """Register the type."""
    from wielkopolskaes.content.article.models import Article
    from wielkopolskaes.content.article.schemas import ArticleSchema
    from wielkopolskaes.content.registry import ContentType

    config.add_content_type(
        ContentType(
            kind="article",
            model=Article,
            schema=ArticleSchema,
            label=_("News item"),
            template="wielkopolskaes:site/templates/article.jinja2",
            schema_org="NewsArticle",
        )
    )
