"""The page of the editing form: how the item stands, the form, and what is around it."""

from typing import Any, NamedTuple

from wielkopolskaes.forms import Form
from wielkopolskaes.forms.queries import Choice
from wielkopolskaes.newsroom.arranging.answers import item_values
from wielkopolskaes.newsroom.editing.queries import Neighbours, neighbours
from wielkopolskaes.newsroom.editing.values import load_whole
from wielkopolskaes.newsroom.history import latest_events
from wielkopolskaes.newsroom.rows import Row
from wielkopolskaes.tree.models import Node
from wielkopolskaes.types import Request

EVENTS = 5


class Surroundings(NamedTuple):
    """What the page shows of the item besides its fields."""

    carer: str
    neighbours: Neighbours

    @property
    def uses(self) -> dict[str, list[int]]:
        """The numbers of what the item uses, by role."""
        return self.neighbours.uses

    @property
    def choices(self) -> dict[str, Choice]:
        """What the item uses, as pickers show it."""
        return self.neighbours.choices

    @property
    def users(self) -> list[Row]:
        """The items that use this one, as far as the person may see them."""
        return self.neighbours.users


def surroundings(node: Node, request: Request) -> Surroundings:
    """Load the item whole, and what is around it; two queries."""
    carer = load_whole(request.dbsession, node)
    found = neighbours(request.dbsession, node, identity=request.identity, now=request.now)
    return Surroundings(carer, found)


def edit_page(
    node: Node, request: Request, form: Form, around: Surroundings, **more: Any
) -> dict[str, Any]:
    """Build the variables of the template; one more query, for the events."""
    values = item_values(request, node)
    return values | {
        "node": node,
        "form": form,
        "carer": around.carer,
        "users": around.users,
        "used_on": around.neighbours.used_on,
        "events": latest_events(request.dbsession, node, EVENTS),
        **more,
    }
