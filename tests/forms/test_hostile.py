"""Whatever is sent, a form answers 303, 422, 200 or 400, and gives back what was typed."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyramid.httpexceptions import HTTPBadRequest

from tests.content.items import filled
from tests.forms.conftest import posted, soup
from tests.forms.every import GOOD, every_form, pairs_of
from wielkopolskaes.forms import Form, Refused
from wielkopolskaes.forms.parts import ARRANGE
from wielkopolskaes.security.permissions import Role

# What gets through the edge: no control characters but tab and line ends, no lone surrogates.
LETTERS = st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("<>\"&'żŻśŚ \t\n\\{}?%")
TEXT = st.text(LETTERS, max_size=30)
WORDS = TEXT | st.sampled_from(["", "true", "0", "-1", "/", "/strona", "99999999999", "2026-05-01",
                                "1e5", "٣", "green", "NaN", "00:00", "1.1.0001"])  # fmt: skip
NAMES = st.sampled_from([*GOOD, "lines", "steps", "place", "links", "label", "rich", "paragraph",
                         "file", "box", "_charset_"])  # fmt: skip
MARKERS = st.builds(
    "{}:{}".format, NAMES | TEXT, st.sampled_from(["sequence", "mapping", "rename", "ignore", "x"])
)
PAIRS = st.lists(
    st.tuples(NAMES, WORDS)
    | st.tuples(st.just("__start__"), MARKERS)
    | st.tuples(st.just("__end__"), MARKERS)
    | st.tuples(st.just(ARRANGE), st.builds("{}:{}".format,
                st.sampled_from(["add", "remove", "up", "down"]),
                st.sampled_from(["lines", "lines.0", "steps", "steps.0", "steps.0.links", "x"]))),
    max_size=30,
)  # fmt: skip
EASY = settings(
    max_examples=80,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


def take(form, pairs):
    try:
        form.validate(pairs)
    except Refused as refused:
        return refused.form.__html__()
    except HTTPBadRequest:
        return "400"
    return "303"


@EASY
@given(PAIRS)
def test_a_form_survives_any_pairs(request_, pairs):
    assert take(every_form(request_), pairs)


@EASY
@given(st.dictionaries(NAMES, WORDS | st.lists(WORDS, max_size=2)
                       | st.dictionaries(NAMES, WORDS, max_size=2), max_size=8))  # fmt: skip
def test_a_form_survives_any_structure(request_, values):
    assert take(every_form(request_), pairs_of(GOOD | values))


@EASY
@given(st.sampled_from(["article", "project", "image", "declaration", "funding"]), st.data())
def test_the_forms_of_content_survive_any_word_in_any_field(bound, request_, kind, data):
    schema = bound(kind)
    values = schema.deserialize(filled(schema, "Tekst", {}))
    pairs = posted(soup(Form(bound(kind), request_, submit="Zapisz").render(values)))
    spots = [n for n, (name, _) in enumerate(pairs) if not name.startswith("__")]
    for spot in data.draw(st.lists(st.sampled_from(spots), max_size=4)):
        pairs[spot] = (pairs[spot][0], data.draw(WORDS))
    assert take(Form(bound(kind), request_, submit="Zapisz"), pairs)


TYPED = ["line", "paragraph", "rich", "integer", "decimal", "money", "email", "tel", "url", "date",
         "time", "instant", "partial", "page", "image"]  # fmt: skip


@EASY
@given(st.dictionaries(st.sampled_from(TYPED), TEXT), st.lists(TEXT.filter(str.strip), max_size=3))
def test_what_was_typed_comes_back_letter_for_letter(request_, values, lines):
    # An unknown colour: the form is refused whatever the rest says.
    sent = GOOD | values | {"select": "purple", "lines": lines}
    with pytest.raises(Refused) as caught:
        every_form(request_).validate(pairs_of(sent))
    page = soup(caught.value.form)
    for name in values:
        assert text_of(page.select_one(f"#form-{name}")) == sent[name]
    assert [text_of(part) for part in page.select("#form-lines [name=line]")] == lines


def text_of(control):
    inside = control.get_text().removeprefix("\n")
    return inside if control.name == "textarea" else control["value"]


@pytest.mark.parametrize(
    "body",
    ["__start__=lines%3Asequence", "__end__=lines%3Asequence", "lines=x", "__start__=line:mapping"
     "&__end__=line:mapping", "steps=x&__start__=steps:mapping&__end__=steps:mapping",
     f"{ARRANGE}=up:nothing", "__start__=x:wrong&__end__=x"],
)  # fmt: skip
def test_over_http_a_malformed_form_is_a_400(log_in, person, body, root):
    app = log_in(person(Role.EDITOR))
    token = app.get("/redakcja/pola").html.select_one("[name=csrf_token]")["value"]
    app.post("/redakcja/pola", f"csrf_token={token}&{body}", status=400)


def test_over_http_errors_are_a_422_and_a_good_form_a_303(log_in, person, page):
    page("strona")
    app = log_in(person(Role.EDITOR))
    token = app.get("/redakcja/pola").html.select_one("[name=csrf_token]")["value"]
    refused = app.post("/redakcja/pola", [("csrf_token", token)], status=422)
    assert refused.html.select(".error-summary a")
    app.post("/redakcja/pola", [("csrf_token", token), *pairs_of(GOOD)], status=303)
    app.post("/redakcja/pola", [("csrf_token", token), *pairs_of({"lines": []}),
                                (ARRANGE, "add:lines")], status=200)  # fmt: skip


def test_a_file_input_left_alone_is_no_malformed_form(log_in, person, root):
    app = log_in(person(Role.EDITOR))
    token = app.get("/redakcja/pola").html.select_one("[name=csrf_token]")["value"]
    app.post("/redakcja/pola", [("csrf_token", token)], upload_files=[("file", "", b"")],
             status=422)  # fmt: skip


def test_a_thousand_fields_are_refused_at_the_edge(log_in, person, root):
    app = log_in(person(Role.EDITOR))
    token = app.get("/redakcja/pola").html.select_one("[name=csrf_token]")["value"]
    body = f"csrf_token={token}" + "&lines=x" * 1000
    app.post("/redakcja/pola", body, status=400)
