"""A page without photographs is light: requests and bytes of the first and of the next visit."""

REQUESTS = 9
FIRST_VISIT = 160_000
NEXT_VISIT = 12_000


def weigh(tab, address):
    """Load a page; return the bytes of each answer that came over the network."""
    network = tab.context.new_cdp_session(tab)
    network.send("Network.enable")
    urls, sizes = {}, {}
    network.on("Network.responseReceived", lambda e: urls.update({e["requestId"]: e["response"]}))
    network.on(
        "Network.loadingFinished",
        lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]}),
    )
    tab.goto(address)
    tab.wait_for_load_state("networkidle")
    network.detach()
    return {
        urls[key]["url"]: size
        for key, size in sizes.items()
        if key in urls and not urls[key].get("fromDiskCache")
    }


def test_a_page_without_photographs_takes_nine_requests_and_160_kb(tab, pages):
    loaded = weigh(tab, pages["page without pictures"])
    assert len(loaded) <= REQUESTS, loaded
    assert sum(loaded.values()) <= FIRST_VISIT, loaded
    fonts = [url.rpartition("/")[2] for url in loaded if url.endswith(".woff2")]
    assert len(fonts) == len(set(fonts)) == 4


def test_the_next_page_takes_little_more_than_its_text(tab, pages):
    weigh(tab, pages["page without pictures"])
    loaded = weigh(tab, pages["declaration"])
    assert sum(loaded.values()) <= NEXT_VISIT, loaded
