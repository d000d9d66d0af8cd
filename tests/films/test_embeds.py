"""Films of other services: which addresses are known, and where they lead."""

import pytest

from wielkopolskaes.films.embeds import read_embed

UUID = "9c9de5e8-0a1e-484a-b099-e80766180a6d"


@pytest.mark.parametrize(
    ("address", "service", "host", "page"),
    [
        ("https://www.youtube.com/watch?v=aBc-_123XyZ&t=12", "YouTube",
         "www.youtube-nocookie.com", "https://www.youtube.com/watch?v=aBc-_123XyZ"),
        ("https://youtu.be/aBc-_123XyZ?si=tracking", "YouTube",
         "www.youtube-nocookie.com", "https://www.youtube.com/watch?v=aBc-_123XyZ"),
        ("https://www.youtube.com/shorts/aBc-_123XyZ", "YouTube",
         "www.youtube-nocookie.com", "https://www.youtube.com/watch?v=aBc-_123XyZ"),
        ('<iframe width="1" src="https://www.youtube-nocookie.com/embed/aBc-_123XyZ"></iframe>',
         "YouTube", "www.youtube-nocookie.com", "https://www.youtube.com/watch?v=aBc-_123XyZ"),
        ("https://vimeo.com/123456789", "Vimeo", "player.vimeo.com",
         "https://vimeo.com/123456789"),
        ("https://player.vimeo.com/video/123456789?h=abcdef1234", "Vimeo", "player.vimeo.com",
         "https://vimeo.com/123456789/abcdef1234"),
        (f"https://tube.example.org/videos/watch/{UUID}", "PeerTube", "tube.example.org",
         f"https://tube.example.org/w/{UUID}"),
        ("https://tube.example.org/w/kkGMgK9ZtnKfYAgnEtQxbv", "PeerTube", "tube.example.org",
         "https://tube.example.org/w/kkGMgK9ZtnKfYAgnEtQxbv"),
    ],
)  # fmt: skip
def test_a_film_is_known_by_its_address(address, service, host, page):
    known = read_embed(address)
    assert (known.service, known.host, known.page) == (service, host, page)
    assert known.player.startswith(f"https://{host}/")
    # What is kept is the page: it is known again.
    assert read_embed(known.page) == known


@pytest.mark.parametrize(
    "address",
    [
        "", "film", "http://www.youtube.com/watch?v=aBc-_123XyZ", "https://www.youtube.com/",
        "https://www.youtube.com/watch?v=krótki", "https://www.youtube.com/watch?v=aBc-_123XyZ2",
        "https://youtube.com.example.org/watch?v=aBc-_123XyZ", "https://vimeo.com/kanal",
        "https://player.vimeo.com/video/123456789?h=%22%3E", "https://localhost/w/" + UUID,
        "https://u:p@tube.example.org/w/" + UUID, "https://tube.example.org:8080/w/" + UUID,
        "https://tube.example.org;script-src/w/" + UUID, "https://tube.example.org/w/../" + UUID,
        "https://[::1/w/" + UUID, "javascript:alert(1)", "https://127.0.0.1/w/" + UUID,
    ],
)  # fmt: skip
def test_nothing_else_is(address):
    assert read_embed(address) is None


def test_services_are_asked_for_as_little_as_they_offer():
    youtube = read_embed("https://youtu.be/aBc-_123XyZ")
    vimeo = read_embed("https://vimeo.com/123456789")
    peertube = read_embed("https://tube.example.org/w/" + UUID)
    assert "dnt=1" in vimeo.player
    assert "p2p=0" in peertube.player
    assert youtube.at(83) == "https://www.youtube.com/watch?v=aBc-_123XyZ&t=83s"
    assert vimeo.at(83) == "https://vimeo.com/123456789#t=83s"
    assert peertube.at(83) == f"https://tube.example.org/w/{UUID}?start=83s"
