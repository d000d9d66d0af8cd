"""What a funding mark's own page shows."""

from typing import Any

from wielkopolskaes.content.audience import audience_of
from wielkopolskaes.content.funding.models import Funding
from wielkopolskaes.content.funding.strips import strips
from wielkopolskaes.types import Request


def present(funding: Funding, request: Request) -> dict[str, Any]:
    """Add the marks in the order of the rules."""
    return {"mark_items": strips([funding.card], audience_of(request), request)[0]["marks"]}
