"""The page of all components with their states, for those who build the portal."""

from typing import Any

from pyramid.config import Configurator

from wielkopolskaes.i18n import _
from wielkopolskaes.maps.outlines import sheet
from wielkopolskaes.site.frame import plain_frame
from wielkopolskaes.territory import counties, short_name
from wielkopolskaes.types import Request


def show(request: Request) -> dict[str, Any]:
    """Show the components."""
    names = {code: short_name(code) for code in counties()}
    return {"page": plain_frame(request, _("Style guide")), "sheet": sheet(), "names": names}


def includeme(config: Configurator) -> None:
    """Add the page; `site` includes it in development only."""
    config.add_route("styleguide", "/styleguide")
    config.add_view(
        show,
        route_name="styleguide",
        renderer="wielkopolskaes:site/templates/styleguide.jinja2",
        request_method="GET",
    )
