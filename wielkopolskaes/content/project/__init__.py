"""Project pages: what was done, by whom, for whom and with whose money."""

from typing import Any

from pyramid.config import Configurator

from wielkopolskaes.i18n import _


def card(node: Any) -> dict[str, Any]:
    """Keep the dates and the leader for lists."""
    return {
        "starts": node.starts,
        "ends": node.ends,
        "leader": node.leader["name"] if node.leader else "",
        "project_kind": node.project_kind,
    }


def includeme(config: Configurator) -> None:
    """Register the type."""
    from wielkopolskaes.content.project import views
    from wielkopolskaes.content.project.models import Project
    from wielkopolskaes.content.project.schemas import ProjectSchema
    from wielkopolskaes.content.registry import ContentType

    config.add_content_type(
        ContentType(
            kind="project",
            model=Project,
            schema=ProjectSchema,
            label=_("Project"),
            template="wielkopolskaes:site/templates/project.jinja2",
            card=card,
            present=views.present,
            schema_org="CreativeWork",
        )
    )
