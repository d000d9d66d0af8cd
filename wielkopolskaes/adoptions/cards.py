"""What lists show of adoptions."""

from typing import Any

from wielkopolskaes.adoptions.models import Adoption


def of_adoption(adoption: Adoption) -> dict[str, Any]:
    """Keep who, where and when."""
    return {
        "organisation": adoption.organisation,
        "organisation_kind": adoption.organisation_kind,
        "area": adoption.area,
        "adopted_on": adoption.adopted_on,
    }
