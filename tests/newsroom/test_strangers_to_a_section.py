"""What somebody sees at the desk of a place where they do not work: what every reader sees."""

import pytest

from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.services import rename
from wielkopolskaes.tree.states import State


@pytest.fixture
def places(db, section, page, person):
    """A public section with a draft, used by a public page; its address has changed."""
    here, elsewhere = section("tu"), section("tam")
    secret = page("tajny", under=here, title="Tajny szkic", state=State.DRAFT)
    page("jawna", title="Jawna", body=f'<p><a href="node:{secret.id}">tam</a></p>')
    carer = person(Role.EDITOR, name="Anna Opiekunka")
    here.owner_id = carer.id
    rename(db, here, "tutaj", now=here.updated_at)
    db.flush()
    return here, elsewhere


def test_nobody_learns_the_titles_of_drafts_elsewhere(places, person, log_in):
    here, elsewhere = places
    desk = f"/redakcja/tresci/{here.id}"

    assert "Tajny szkic" in log_in(person((Role.EDITOR, here))).get(desk)
    assert "Tajny szkic" not in log_in(person((Role.EDITOR, elsewhere))).get(desk)


def test_nobody_learns_who_did_what_elsewhere(places, person, log_in):
    here, elsewhere = places
    desk = f"/redakcja/tresci/{here.id}"
    colleague, stranger = (
        log_in(person((Role.AUTHOR, here))),
        log_in(person((Role.AUTHOR, elsewhere))),
    )

    for words in ("Anna Opiekunka", "<code>/tu</code>", "przebieg"):
        assert words in colleague.get(desk), words
        assert words not in stranger.get(desk), words
