import pytest


def html(browser, **kw):
    return browser.get("/", **kw).html.html.attrs


def test_a_page_sets_no_cookie_until_a_look_is_asked_for(browser, root):
    assert "Set-Cookie" not in browser.get("/").headers
    assert "Set-Cookie" in browser.get("/wyglad?kontrast=wysoki&powrot=/").headers


@pytest.mark.parametrize(
    ("asked", "attributes"),
    [
        ("kontrast=wysoki", {"data-contrast": "high"}),
        ("tekst=duzy", {"data-text": "large"}),
        ("tekst=najwiekszy", {"data-text": "larger"}),
        ("kontrast=wysoki&tekst=duzy", {"data-contrast": "high", "data-text": "large"}),
        ("kontrast=zwykly&tekst=zwykly", {}),
        ("kontrast=inny&tekst=ogromny", {}),
        ("", {}),
    ],
)
def test_the_page_takes_the_look_asked_for(browser, root, asked, attributes):
    browser.get(f"/wyglad?{asked}", status=303)

    assert html(browser) == {"lang": "pl", **attributes}


def test_one_choice_keeps_the_other(browser, root):
    browser.get("/wyglad?kontrast=wysoki")
    browser.get("/wyglad?tekst=duzy")

    assert html(browser) == {"lang": "pl", "data-contrast": "high", "data-text": "large"}


def test_the_usual_look_takes_the_cookie_away(browser, root):
    browser.get("/wyglad?kontrast=wysoki")
    browser.get("/wyglad?kontrast=zwykly")

    assert browser.cookies == {}


def test_the_cookie_is_for_this_portal_alone_and_holds_nothing_else(browser, root):
    cookie = browser.get("/wyglad?kontrast=wysoki").headers["Set-Cookie"]

    assert cookie.startswith("wyglad=c1t0;")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "domain" not in cookie.lower()


@pytest.mark.parametrize("value", ["c2t0", "c1t9", "x", "c1t0c1t0", '"><script>'])
def test_a_cookie_with_anything_else_is_the_usual_look(browser, root, value):
    assert html(browser, headers={"Cookie": f"wyglad={value}"}) == {"lang": "pl"}


def test_the_switch_leads_back_to_the_page(browser, page):
    page("strona")
    form = browser.get("/strona?x=1").html.select_one("form[action='/wyglad']")
    back = form.find("input", attrs={"name": "powrot"})["value"]

    answer = browser.get("/wyglad", {"kontrast": "wysoki", "powrot": back}, status=303)

    assert answer.location == "http://localhost/strona?x=1"


@pytest.mark.parametrize(
    "back", ["//evil.example", "/\\evil.example", " //evil.example", "https:evil.example",
             "/%09/evil.example", "https://evil.example/", "javascript:alert(1)", ""],
)  # fmt: skip
def test_the_switch_leads_to_no_other_site(browser, root, back):
    answer = browser.get("/wyglad", {"kontrast": "wysoki", "powrot": back}, status=303)

    assert answer.location.startswith("http://localhost/")
    assert not answer.location.startswith("http://localhost//")


def test_the_switches_say_which_look_is_on(browser, root):
    def pressed():
        buttons = browser.get("/").html.select("form[action='/wyglad'] button")
        return [b["aria-pressed"] == "true" for b in buttons]

    assert pressed() == [False, True, False, False]
    browser.get("/wyglad?kontrast=wysoki&tekst=najwiekszy")
    assert pressed() == [True, False, False, True]


def test_a_change_of_look_is_kept_by_no_cache(browser, root):
    assert browser.get("/wyglad?tekst=duzy").headers["Cache-Control"] == "no-store"
