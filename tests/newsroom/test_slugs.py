"""Addresses proposed from titles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wielkopolskaes.newsroom.editing.slugs import free_slug, propose
from wielkopolskaes.tree.slugs import check_slug


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Zażółć gęślą jaźń", "zazolc-gesla-jazn"),
        ("„Dobra” praktyka – 2026 r.", "dobra-praktyka-2026-r"),
        ("!?", "strona"),
        ("słowo " * 30, "-".join(["slowo"] * 13)),
    ],
)
def test_a_title_becomes_an_address(title, slug):
    assert propose(title) == slug


def test_a_taken_address_gets_a_number():
    assert propose("Nabór", {"nabor", "nabor-2"}) == "nabor-3"


@given(st.text(max_size=300))
def test_whatever_the_title_the_address_is_well_formed(title):
    check_slug(propose(title, {"index"}), first=False)


def test_a_free_address_is_neither_taken_nor_the_portal_s_own(db, root, page):
    page("nabor")
    assert free_slug(db, root, "Nabór", "page") == "nabor-2"
    assert free_slug(db, root, "Szukaj", "page") == "szukaj-2"
    assert free_slug(db, page("dzial"), "Szukaj", "page") == "szukaj"
