"""What the declaration's page adds: the address it speaks of."""

from typing import Any

from wielkopolskaes.content.declaration.models import Declaration
from wielkopolskaes.types import Request


def present(declaration: Declaration, request: Request) -> dict[str, Any]:
    """Name the portal's own address unless the declaration is for another one."""
    return {"site_url": declaration.site_url or f"{request.portal.base_url}/"}
