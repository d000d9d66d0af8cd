from hypothesis import given, settings
from hypothesis import strategies as st

from wielkopolskaes.cache.store import Key, Page, Store, Terms

TERMS = Terms((1, 2), 0, float("inf"))


def page(size=1000):
    return Page(TERMS, [], [], bytes(size))


def key(path="/", host="h", query=()):
    return Key(path, host, query, "")


def test_a_page_comes_back_under_its_key_only():
    store, kept = Store(1_000_000), page()
    store.put(key("/a"), kept)
    assert store.get(key("/a")) is kept
    assert store.get(key("/b")) is None


def test_a_store_without_room_keeps_nothing():
    store = Store(0)
    assert not store.put(key(), page())
    assert len(store) == 0


def test_a_page_too_large_for_its_share_is_not_kept():
    store = Store(100_000)
    assert not store.put(key(), page(60_000))
    assert store.put(key(), page(10_000))


def test_the_page_not_read_for_longest_goes_first():
    store = Store(5 * page(10_000).weight())
    for number in range(5):
        store.put(key(f"/{number}"), page(10_000))
    store.get(key("/0"))
    store.put(key("/5"), page(10_000))
    assert store.get(key("/0"))
    assert store.get(key("/1")) is None


def test_one_address_cannot_push_out_the_others():
    store = Store(10_000_000)
    store.put(key("/other"), page())
    for number in range(1000):
        store.put(key("/list", query=(f"strona={number:04}",)), page())
    assert len(store) == 101
    assert store.get(key("/other"))


def test_a_dropped_page_does_not_take_a_newer_one_with_it():
    store, old, new = Store(1_000_000), page(), page()
    store.put(key(), old)
    store.put(key(), new)
    store.drop(key(), old)
    assert store.get(key()) is new


def test_a_packed_form_equals_the_plain_one_and_has_another_tag():
    body = "Zażółć gęślą jaźń. ".encode() * 200
    one = Page(TERMS, [], [], body)
    packed = one.form("gzip")
    assert len(packed) < len(body)
    assert one.form("") == body
    assert one.form("gzip") == packed
    assert one.entity_tag("") != one.entity_tag("gzip")
    assert one.entity_tag("gzip") == Page(TERMS, [], [], body).entity_tag("gzip")


OPERATIONS = st.tuples(st.sampled_from(["put", "get", "drop"]), st.integers(0, 12))


@settings(max_examples=100)
@given(st.lists(OPERATIONS, max_size=60), st.integers(0, 100_000))
def test_the_weight_is_that_of_the_kept_pages_and_within_bounds(operations, limit):
    store, held = Store(limit), {}
    for what, number in operations:
        where = key(f"/{number % 4}", query=(str(number),))
        if what == "put":
            held[where] = page(number * 1000)
            store.put(where, held[where])
        elif what == "drop" and where in held:
            store.drop(where, held[where])
        else:
            store.get(where)
    kept = [p for p in map(store.get, held) if p]
    assert store.weight == sum(p.weight() for p in kept) <= limit
    assert len(store) == len(kept)
