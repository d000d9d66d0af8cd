"""Films in a browser: nothing of another service before the click, times that lead into them."""

from urllib.parse import urlsplit

import pytest

SERVICE = "tube.example.org"
PLAYER = f"https://{SERVICE}/videos/embed/9c9de5e8-0a1e-484a-b099-e80766180a6d"


@pytest.fixture
def asked(tab):
    """Note every address that the tab asks for; the other service is a stub at the network."""
    found = []
    tab.on("request", lambda request: found.append(request.url))
    page = "<!doctype html><title>Film</title><p>Odtwarzacz</p>"
    tab.route(
        f"https://{SERVICE}/**",
        lambda route: route.fulfill(content_type="text/html", body=page),
    )
    return found


def hosts(addresses):
    return {urlsplit(address).netloc for address in addresses}


def elsewhere(addresses):
    return [address for address in addresses if urlsplit(address).netloc == SERVICE]


def test_only_a_click_brings_another_service_and_only_that_one(tab, portal, pages, asked):
    own, said = urlsplit(portal).netloc, []
    tab.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    tab.goto(pages["film: another service"], wait_until="networkidle")
    assert hosts(asked) == {own}
    assert tab.locator("iframe").count() == 0
    tab.get_by_role("link", name="Odtwórz film z serwisu PeerTube").click()
    tab.frame_locator("iframe").get_by_text("Odtwarzacz").wait_for()
    assert hosts(asked) == {own, SERVICE}
    assert elsewhere(asked) == [f"{PLAYER}?autoplay=1&p2p=0"]
    assert tab.locator("iframe").get_attribute("title") == "Spacer nad Wartą (PeerTube)"
    assert tab.evaluate("document.activeElement.tagName") == "IFRAME"
    assert tab.context.cookies() == []
    assert said == []


def test_a_time_loads_the_film_of_another_service_at_that_moment(tab, pages, asked):
    tab.goto(f"{pages['film: another service']}#t=83", wait_until="networkidle")
    # The address alone shows the words and loads nothing.
    assert elsewhere(asked) == []
    assert "Kiedyś chodziłam tędy" in tab.locator(".transcript :target").text_content()
    tab.get_by_role("link", name="Odtwórz od 0:05").click()
    tab.frame_locator("iframe").get_by_text("Odtwarzacz").wait_for()
    assert elsewhere(asked) == [f"{PLAYER}?autoplay=1&p2p=0&start=5s"]


def test_without_javascript_the_button_is_a_link_to_the_film_there(reader, pages):
    tab = reader(java_script_enabled=False).new_page()
    tab.goto(pages["film: another service"])
    assert tab.locator("[data-load]").get_attribute("href").startswith(f"https://{SERVICE}/w/")
    assert tab.locator(".moment").nth(1).get_attribute("href").endswith("?start=83s")


def test_a_time_leads_into_our_own_film(tab, pages):
    tab.goto(pages["film: own file"])
    tab.locator(".transcript .moment").nth(2).click()
    tab.wait_for_function("() => document.querySelector('video').currentTime >= 3")
    assert tab.url.endswith("#t=3")
    assert tab.evaluate("document.activeElement.tagName") == "VIDEO"
    tracks = tab.evaluate("[...document.querySelector('video').textTracks].map((t) => t.mode)")
    assert tracks == ["showing", "disabled", "disabled"]


def test_an_address_with_a_moment_makes_our_film_ready_and_plays_nothing(tab, pages):
    tab.goto(f"{pages['film: own file']}#t=3")
    tab.wait_for_function("() => document.querySelector('video').currentTime === 3")
    assert tab.evaluate("document.querySelector('video').paused")


def test_without_a_script_the_file_itself_opens_at_the_moment(reader, pages):
    tab = reader(java_script_enabled=False).new_page()
    tab.goto(pages["film: own file"])
    href = tab.locator(".transcript .moment").nth(2).get_attribute("href")
    file = reader().new_page()
    file.goto(f"{pages['start page'].rstrip('/')}{href}")
    file.wait_for_function("() => document.querySelector('video').currentTime >= 3")
