"""What is typed into each control: read as people mean it, shown again as they typed it."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from tests.forms.conftest import posted, soup
from tests.forms.every import GOOD, every_form, pairs_of
from wielkopolskaes.forms import Form, Refused


def read(request, **values):
    return every_form(request).validate(pairs_of(GOOD | values))


def refusal(request, **values):
    with pytest.raises(Refused) as caught:
        read(request, **values)
    return caught.value


@pytest.fixture(autouse=True)
def target(page):
    return page("strona", title="Strona o ekonomii")


def test_every_control_gives_what_its_type_promises(request_, target):
    data = read(request_)
    assert data["integer"] == 1200
    assert data["decimal"] == Decimal("12.5")
    assert data["money"] == Decimal("1234.50")
    assert data["password"] == " tajne hasło "
    assert data["date"] == date(2026, 5, 1)
    assert data["time"] == time(9, 30)
    assert data["instant"] == datetime(2026, 5, 1, 12, 30, tzinfo=UTC)
    assert data["partial"] == "2012-05"
    assert data["page"] == target.id
    assert data["box"] is False
    assert data["place"] is None
    assert data["steps"] == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1 234,50", "1234.50"),
        ("1\u00a0234,50", "1234.50"),
        ("1\u2009234.5", "1234.5"),
        ("1\u202f234", "1234"),
        ("−0,5", "-0.5"),
        ("+7", "7"),
    ],
)
def test_a_number_may_be_written_as_people_write_it(request_, typed, meant):
    assert read(request_, decimal=typed)["decimal"] == Decimal(meant)


@pytest.mark.parametrize(
    "typed",
    ["sto", "1.234,50", "1,2,3", "NaN", "Infinity", "1e9", "1_000", "-", "9" * 5000, "٣", "0x1"],
)
@pytest.mark.parametrize("control", ["integer", "decimal", "money"])
def test_what_is_no_number_is_an_error_that_shows_how(request_, control, typed):
    form = refusal(request_, **{control: typed}).form
    assert [where for where, *_ in form.errors] == [f"form-{control}"]
    assert soup(form).select_one(f"#form-{control}")["value"] == typed


@pytest.mark.parametrize("typed", ["1.05.2026", "01-05-2026", "1/5/2026", " 2026-05-01 "])
def test_a_day_may_be_written_as_people_write_it(request_, typed):
    assert read(request_, date=typed)["date"] == date(2026, 5, 1)


@pytest.mark.parametrize("typed", ["jutro", "2026-02-30", "31.06.2026", "0000-01-01", "2026"])
def test_a_day_that_there_is_not_stays_visible(request_, typed):
    control = soup(refusal(request_, date=typed).form).select_one("#form-date")
    assert control["value"] == typed
    # A native input shows nothing of what it cannot read.
    assert control.get("type", "text") in ({"text"} if typed[4:5] != "-" else {"date"})


@pytest.mark.parametrize("typed", ["25:00", "9", "9:61", "południe"])
def test_an_hour_that_there_is_not_is_an_error(request_, typed):
    assert [where for where, *_ in refusal(request_, time=typed).form.errors] == ["form-time"]


def test_a_moment_is_kept_in_utc_and_shown_in_polish_time(request_):
    moment = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
    control = soup(every_form(request_).render({"instant": moment})).select_one("#form-instant")
    assert control["value"] == "2026-01-15T13:00"
    assert read(request_, instant=control["value"])["instant"] == moment


def test_of_the_hour_that_comes_twice_the_first_is_meant(request_):
    found = read(request_, instant="2026-10-25T02:30")["instant"]
    assert found == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["2026-03-29T02:30", "2026-13-01T00:00", "kiedyś", "2026-05-01"])
def test_a_moment_that_there_is_not_is_an_error(request_, typed):
    assert [where for where, *_ in refusal(request_, instant=typed).form.errors] == ["form-instant"]


def test_an_item_is_found_by_number_path_and_pasted_address(request_, target):
    for typed in (str(target.id), "/strona", "/strona/", "http://localhost/strona?x=1#y"):
        assert read(request_, page=typed)["page"] == target.id


def test_a_chosen_item_is_shown_by_its_title(request_, target):
    page = soup(every_form(request_).render({"page": target.id}))
    assert "Strona o ekonomii" in page.select_one(".chosen").get_text().replace("\xa0", " ")
    assert page.select_one("#form-page")["value"] == str(target.id)


def test_a_chosen_item_that_the_person_may_not_see_has_no_title(request_, page):
    from wielkopolskaes.tree.states import State

    hidden = page("tajna", title="Tajny zamiar", state=State.DRAFT)
    html = every_form(request_).render({"page": hidden.id}).__html__()
    assert "zamiar" not in html
    assert f'value="{hidden.id}"' in html


def test_an_item_that_there_is_not_is_an_error_and_stays_typed(request_):
    form = refusal(request_, page="/nie-ma").form
    assert soup(form).select_one("#form-page")["value"] == "/nie-ma"


def test_a_word_that_is_no_option_any_more_is_refused_and_shown(request_):
    page = soup(refusal(request_, select="purple", radio="purple").form)
    assert page.select_one("#form-select option[selected]")["value"] == "purple"
    assert page.select_one("[type=radio][checked]")["value"] == "purple"


def test_a_password_does_not_travel_back(request_):
    html = refusal(request_, line="", password="tajne-haslo").form.__html__()
    assert "tajne-haslo" not in html


def test_a_text_too_long_is_refused_whole_and_counted(request_):
    typed = "ż" * 301
    page = soup(refusal(request_, paragraph=typed).form)
    assert page.select_one("#form-paragraph").get_text() == f"\n{typed}"
    assert "-1" in page.select_one("#form-paragraph-h").get_text()


def test_line_breaks_of_browsers_become_plain_ones(request_):
    assert read(request_, paragraph="raz\r\ndwa\r\n")["paragraph"] == "raz\ndwa"


def test_a_form_with_a_file_can_send_one(request_):
    assert soup(every_form(request_).render()).form["enctype"] == "multipart/form-data"
    assert read(request_, file=b"")["file"] is None
    assert read(request_, file="")["file"] is None


def test_what_a_new_item_has_is_what_the_schema_does_without_a_word(bound, request_):
    page = soup(Form(bound("section"), request_, submit="Zapisz").render())
    assert page.select_one("#form-listed").has_attr("checked")
    assert not page.select_one("#form-in_menu").has_attr("checked")
    assert page.select_one("#form-page_size")["value"] == "20"
    assert page.select_one("#form-listing option[selected]")["value"] == "list"
    assert ("lang", "pl") in [(n.removeprefix("form-"), v) for n, v in posted(page)]
