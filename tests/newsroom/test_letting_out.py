"""Moving is no way to publish what a section keeps from readers."""

import pytest

from tests.conftest import LONG_AGO
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.services import restrict
from wielkopolskaes.tree.states import State


@pytest.mark.parametrize(("role", "allowed"), [(Role.EDITOR, False), (Role.PUBLISHER, True)])
@pytest.mark.parametrize("kept_by", ["a role", "a draft"])
def test_only_publishers_let_pages_out(
    db, section, page, person, log_in, root, role, allowed, kept_by
):
    state = State.DRAFT if kept_by == "a draft" else State.PUBLISHED
    inner, outer = section("wewnatrz", state=state), section("na-zewnatrz")
    if kept_by == "a role":
        restrict(db, inner, restricted=True, now=LONG_AGO)
    kept, draft = page("tajna", under=inner), page("szkic", under=inner, state=State.DRAFT)
    app = log_in(person(role))

    def moved(node):
        form = app.get(f"/redakcja/tresci/{node.id}/przenies?do={outer.id}")
        token = form.html.find("input", {"name": "csrf_token"})["value"]
        sent = {"csrf_token": token, "under": str(outer.id), "slug": node.slug}
        return app.post(f"/redakcja/tresci/{node.id}/przenies", sent, status="*").status_int

    assert moved(kept) == (303 if allowed else 422)
    assert moved(draft) == 303
