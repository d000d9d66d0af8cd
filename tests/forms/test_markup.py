"""How fields are marked up: names, hints and errors belong to their controls."""

from datetime import date

import pytest

from tests.forms.conftest import soup
from tests.forms.every import GOOD, every_form, pairs_of
from wielkopolskaes.content.services import resolver
from wielkopolskaes.forms import Form, Refused
from wielkopolskaes.forms.lasting import lasting
from wielkopolskaes.forms.queries import Choice
from wielkopolskaes.forms.specimens import EverySchema
from wielkopolskaes.tree.states import State

STEP = {"name": "", "links": [{"label": "", "url": "ftp://x"}]}


@pytest.fixture
def refused(request_):
    values = dict.fromkeys(GOOD, "") | {"lines": ["x" * 21], "steps": [STEP], "url": "nie"}
    values["place"] = {"label": "", "url": "https://example.org"}
    with pytest.raises(Refused) as caught:
        every_form(request_).validate(pairs_of(values))
    return caught.value.form


def test_every_control_has_a_label_a_hint_and_its_error(refused):
    page = soup(refused)
    ids = [each["id"] for each in page.select("[id]")]
    assert len(ids) == len(set(ids))
    for control in page.select(".field :is(input, textarea, select):not([type=hidden])"):
        if control.get("type") != "radio":
            assert page.select_one(f'label[for="{control["id"]}"]') or control.find_parent("label")
        for named in control.get("aria-describedby", "").split():
            assert page.find(id=named).get_text(strip=True)
        field = control.find_parent(class_="field")
        assert ("bad" in field["class"]) == (control.get("aria-invalid") == "true")


def test_the_error_stands_between_hint_and_control(refused):
    field = soup(refused).select_one("#form-line").find_parent(class_="field")
    kinds = [each.name if not each.get("class") else each["class"][0]
             for each in field.find_all(recursive=False)]  # fmt: skip
    assert kinds == ["label", "hint", "error", "input"]
    control = field.find("input")
    assert control["aria-describedby"] == "form-line-h form-line-e"


def test_the_summary_leads_to_every_error_also_inside_of_parts(refused):
    page = soup(refused)
    targets = [link["href"].removeprefix("#") for link in page.select(".error-summary a")]
    marked = [each["id"].removesuffix("-e") for each in page.select("form .error")]
    assert targets == marked
    assert {"form-lines.0", "form-steps.0.name", "form-steps.0.links.0.url"} <= set(targets)
    assert all(page.find(id=target) for target in targets)
    assert page.select_one(".error-summary").has_attr("autofocus")


def test_the_summary_says_which_part_is_meant(refused):
    labels = {where: label for where, label, _message in refused.errors}
    assert labels["form-steps.0.links.0.url"] == "Działanie 1, Odnośnik 1, Adres odnośnika"
    assert labels["form-place.label"] == "Oficjalna strona, Nazwa odnośnika"
    assert labels["form-line"] == "Nazwa"


def test_errors_are_said_in_words(refused):
    for error in soup(refused).select("form .error"):
        assert error.get_text(strip=True).startswith(("Błąd:", "Error:"))


def test_what_is_required_is_said_in_words(request_):
    label = soup(every_form(request_).render()).select_one('label[for="form-line"]')
    assert label.select_one(".optional").get_text() in ("(required)", "(wymagane)")


def test_a_group_is_folded_until_something_in_it_is_wrong(refused, request_):
    assert not soup(every_form(request_).render()).select("details[open]")
    assert soup(refused).select("details[open]")


def test_enter_presses_the_main_button_not_one_that_removes_a_part(request_):
    form = every_form(request_).render({"lines": ["a"]})
    first = soup(form).find("button")
    assert not first.get("name")


def test_what_is_said_in_our_words_is_escaped(request_):
    evil = '"><script>alert(1)</script>'
    values = GOOD | dict.fromkeys(("line", "rich", "page", "date", "radio", "select"), evil)
    values |= {"lines": [evil * 3], "steps": [{"name": evil * 5, "links": []}]}
    with pytest.raises(Refused) as caught:
        every_form(request_, hidden={"x": evil}, action=evil).validate(pairs_of(values))
    assert "<script" not in caught.value.form.__html__()


def test_errors_that_only_a_verb_finds_are_shown_at_their_fields(request_, page):
    page("strona")
    form = every_form(request_)
    form.validate(pairs_of(GOOD | {"lines": ["jeden"]}))
    refused = form.refused({"line": "Zajęte.", "lines.0": "Za krótkie.", "": "Spróbuj później."})
    assert [where for where, *_ in refused.form.errors] == ["", "form-line", "form-lines.0"]
    shown = soup(refused.form)
    assert shown.select_one("#form-line")["value"] == "Spółdzielnia"
    assert "Zajęte." in shown.select_one("#form-line-e").get_text()


def test_a_layout_of_its_own_shows_each_field_once(request_):
    form = every_form(request_).render()
    html = form.open() + form["line"] + form.group("dates") + form.fields("tel") + form.rest()
    ids = [[each["id"] for each in soup(page).select("form .field [id]")] for page in (html, form)]
    assert sorted(ids[0]) == sorted(ids[1])
    assert html.index("form-date") < html.index("form-tel") < html.index("form-paragraph")


def test_what_a_page_needs_of_modules_follows_from_its_fields(bound, request_, refused):
    plain = Form(bound("quotation"), request_, submit="Zapisz").render()
    assert "summary.js" not in plain.scripts
    assert {"counter.js", "editor.js", "picker.js", "repeat.js"} <= set(plain.scripts)
    assert "summary.js" in refused.scripts


def test_two_forms_on_a_page_do_not_share_ids(request_):
    one, two = (soup(every_form(request_, form_id=name).render()) for name in ("a", "b"))
    assert not {e["id"] for e in one.select("[id]")} & {e["id"] for e in two.select("[id]")}


@pytest.fixture
def lasting_form(request_, db):
    """Make forms of one schema, known by its name."""

    def lasting_form(values, **options):
        schema = lasting(EverySchema(), "every").bind(
            markup="html", resolve=resolver(db), kind_of=None, hosts=()
        )
        return Form(schema, request_, submit="Zapisz", **options).render(values)

    return lasting_form


# Words that no field has of itself, in every field that takes them.
SECRET = dict.fromkeys(("line", "paragraph", "rich", "select", "radio", "email", "tel", "url"),
                       "tajne") | {"lines": ["tajne", "tajne"], "partial": "tajne",
                                   "steps": [{"name": "tajne", "links": []}],
                                   "place": {"label": "tajne", "url": "tajne"}}  # fmt: skip


def kept_by(request):
    return [str(entry.value) for entry in request.registry.form_patterns._entries.values()]


def test_forms_of_a_lasting_schema_share_markup_but_nothing_that_was_typed(lasting_form, request_):
    assert str(lasting_form(SECRET, hidden={"x": "tajne"}).__html__()).count("tajne") > 12
    assert kept_by(request_)
    assert [html for html in kept_by(request_) if "tajne" in html] == []
    assert "tajne" not in lasting_form({}).__html__()


def test_shared_markup_holds_no_item_that_somebody_chose(lasting_form, request_, page):
    chosen = page("tajne", title="Tajne", state=State.DRAFT)
    known = Choice(chosen.id, "Tajne", "/tajne", "page", "draft", "/pliki/tajne.webp")
    values = {"page": chosen.id, "image": chosen.id}
    form = lasting_form(values, items={str(chosen.id): known})
    assert form.__html__().count("/tajne") == 3
    assert "ajne" not in lasting_form(values).__html__()
    assert [html for html in kept_by(request_) if "ajne" in html] == []


STORED = {"line": '"<b>', "select": "brick", "radio": "green", "integer": 5, "box": True,
          "date": date(2026, 5, 1), "page": "/strona", "lines": ["a", "b"]}  # fmt: skip


@pytest.mark.parametrize("values", [{}, SECRET, STORED])
def test_shared_markup_looks_as_if_each_form_were_rendered_for_itself(
    lasting_form, request_, values, page
):
    page("strona")
    for times in range(2):
        shared = lasting_form(values).__html__()
        assert shared == every_form(request_).render(values).__html__(), times


def test_forms_of_other_languages_ids_and_buttons_share_nothing_that_differs(lasting_form):
    first = lasting_form({}, form_id="a", buttons=[("x", "Podgląd")]).__html__()
    second = lasting_form({}, form_id="b", action="/b").__html__()
    assert ("Podgląd" in first, "Podgląd" in second) == (True, False)
    assert 'id="a-line"' not in second
    assert 'action="/b"' in second


def test_a_refused_form_leaves_no_error_to_the_next(lasting_form):
    wrong = lasting_form({})
    with pytest.raises(Refused):
        wrong.validate(pairs_of(GOOD | {"line": "", "lines": ["x" * 21]}))
    assert soup(wrong).select(".error")
    assert not soup(lasting_form({})).select(".error, .bad, [aria-invalid], details[open]")
