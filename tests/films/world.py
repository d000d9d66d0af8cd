"""A portal with films of every kind, public and not."""

from datetime import UTC, datetime, timedelta

from tests.content.items import publish
from wielkopolskaes.media.services import add_document

NOTHING = {
    **dict.fromkeys(("embed", "link", "licence", "transcript", "plan_on", "plan_reason"), ""),
    **{name: [] for name in ("people", "producers", "languages", "subjects", "tracks",
                             "other_captions", "chapters", "versions")},
    "film_kind": "documentary", "year": "", "duration": "",
}  # fmt: skip
SPEECH = """WEBVTT

00:01.000 --> 00:03.000
<v Anna>Dzień dobry w piekarni.

01:23.000 --> 01:25.000
<v Jan>Tu rośnie zakwas żytni.
"""
CAPTIONS = {"kind": "captions", "lang": "pl", "text": SPEECH}
MP4 = b"\0\0\0\x18ftypisom\0\0\2\0isomiso2mp41" + bytes(range(256)) * 1000
WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08" \
       b"\x42\x82\x84webm\x42\x87\x81\x04\x42\x85\x81\x02" + bytes(1000)  # fmt: skip
YOUTUBE = "https://www.youtube.com/watch?v=aBc-_123XyZ"
LATER = (datetime.now(UTC) + timedelta(days=90)).date().isoformat()
LONG_PAST = "2025-03-31"


def fill(session, portal):
    """Make the films; codes are the last parts of addresses in capital letters."""

    make = portal.maker(session, source="Źródło", related=[])

    def film(slug, title, public=True, **fields):
        node = make("film", base, slug, title, **{**NOTHING, "code": slug.upper(), **fields})
        if public:
            publish(session, node)
        return node

    root = make("section", None, "", "Portal", listing="home")
    base = make("section", root, "filmy", "Filmy", listing="films")
    project = make("partnership", root, "projekt", "Lisków", code="D0344", theme="D")
    files = [_film_file(session, portal, make, root, slug) for slug in ("nasz", "pjm", "szkic")]
    for node in (root, base, project, *files[:2]):
        publish(session, node)
    film("wlasny", "Piekarnia", availability="file", film_file="/nasz", tracks=[CAPTIONS],
         year="2015", duration="2:05", people=[{"name": "Anna Próba", "role": "director"}],
         producers=["ROPS w Poznaniu"], chapters=[{"at": "0:00", "title": "Otwarcie"},
                                                  {"at": "1:20", "title": "Zakwas"}],
         versions=[{"kind": "signed", "version_file": "/pjm"}], projects=["/projekt"])  # fmt: skip
    film("cudzy", "Spacer", availability="embed", embed=YOUTUBE, other_captions=["pl"],
         transcript="0:05 Anna: Idziemy brzegiem Warty.", film_kind="reportage",
         year="2014")  # fmt: skip
    film("link", "Rozmowa", availability="link", link="https://example.org/film",
         producers=["ROPS w Poznaniu"], languages=["pl", "en"])  # fmt: skip
    film("plan", "Plan", availability="embed", embed=YOUTUBE, plan_on=LATER, plan_reason="Trwa.")
    film("po-czasie", "Spóźniony", availability="embed", embed=YOUTUBE, plan_on=LONG_PAST,
         plan_reason="Czekamy na tłumacza.")  # fmt: skip
    film("tajny", "Tajemnica", public=False, availability="file", film_file="/szkic",
         producers=["Tajny Producent"],
         tracks=[CAPTIONS | {"text": SPEECH.replace("zakwas", "tajemny zakwas")}])  # fmt: skip


def _film_file(session, portal, make, root, slug):
    node = make("document", root, slug, slug)
    blob = add_document(session, portal.registry.files, MP4 + slug.encode(), f"{slug}.mp4")
    node.sha256, node.mime, node.size = blob.sha256, blob.mime, blob.size
    node.filename = f"{slug}.mp4"
    node.card = portal.registry.content_types["document"].card(node)
    session.flush()
    return node
