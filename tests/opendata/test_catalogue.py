"""The DCAT-AP catalogue, the page about the open data, and what leads to them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import DCAT, DCTERMS, FOAF, RDF, XSD, Graph, Literal, URIRef

from wielkopolskaes.opendata.graph import Ref, Text, Thing, as_json_ld, as_turtle

PAGE = "/otwarte-dane"
VCARD = "http://www.w3.org/2006/vcard/ns#"
FORMS = {"ttl": ("text/turtle", "turtle"), "jsonld": ("application/ld+json", "json-ld")}
# What DCAT-AP 3 asks for of each class.
MANDATORY = {
    DCAT.Catalog: (DCTERMS.title, DCTERMS.description, DCTERMS.publisher),
    DCAT.Dataset: (DCTERMS.title, DCTERMS.description),
    DCAT.Distribution: (DCAT.accessURL,),
    DCAT.DataService: (DCTERMS.title, DCAT.endpointURL),
    FOAF.Agent: (FOAF.name,),
}


def read(browser, ending):
    media_type, form = FORMS[ending]
    answer = browser.get(f"{PAGE}/katalog.{ending}")
    assert answer.content_type == media_type
    return Graph().parse(data=answer.body, format=form)


@pytest.fixture
def graph(browser):
    return read(browser, "ttl")


# rdflib warns of what its own reader of JSON-LD still uses.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_both_forms_say_the_same(browser, graph):
    assert graph.isomorphic(read(browser, "jsonld"))


@pytest.mark.parametrize("kind", MANDATORY)
def test_everything_has_what_the_profile_asks_for(graph, kind):
    things = list(graph.subjects(RDF.type, kind))
    assert things
    for thing in things:
        for name in MANDATORY[kind]:
            assert graph.value(thing, name) is not None, (thing, name)
    for thing in graph.subjects(RDF.type, DCAT.Dataset):
        assert {title.language for title in graph.objects(thing, DCTERMS.title)} == {"pl", "en"}


def test_what_is_named_is_described_and_where_it_lies_is_said(graph):
    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
    sets = set(graph.objects(catalogue, DCAT.dataset))
    assert sets == set(graph.subjects(RDF.type, DCAT.Dataset))
    assert {str(each).rpartition("#")[2] for each in sets} >= {"partnership", "publication"}
    for each in sets:
        assert URIRef("http://data.europa.eu/nuts/code/PL41") in graph.objects(
            each, DCTERMS.spatial
        )
        contact = graph.value(each, DCAT.contactPoint)
        assert graph.value(contact, URIRef(f"{VCARD}fn")) is not None
        # A kind without a list for readers has its API and its set to harvest.
        listed = str(each).endswith(("#partnership", "#publication", "#result"))
        assert len(list(graph.objects(each, DCAT.distribution))) == (5 if listed else 2)
        if listed:
            assert graph.value(each, DCTERMS.modified).datatype == XSD.dateTime


def test_every_distribution_leads_to_what_it_promises(browser, graph):
    for each in graph.subjects(RDF.type, DCAT.Distribution):
        address = str(graph.value(each, DCAT.accessURL))
        promised = str(graph.value(each, DCAT.mediaType)).partition("media-types/")[2]
        answer = browser.get(address.removeprefix("http://localhost"), status=200)
        assert answer.content_type == promised


def test_a_licence_is_named_when_the_office_has_chosen_one(portal, browser, graph):
    assert not list(graph.triples((None, DCTERMS.license, None)))
    assert not browser.get(PAGE).html.select("main a[rel~=license]")
    licence = "https://creativecommons.org/licenses/by/4.0/"
    portal.registry.portal, before = _with(portal.registry.portal, licence), portal.registry.portal
    try:
        portal.registry.versions.bump_all()
        assert URIRef(licence) in set(read(browser, "ttl").objects(None, DCTERMS.license))
        assert browser.get(PAGE).html.select_one("main a[rel~=license]")["href"] == licence
    finally:
        portal.registry.portal = before
        portal.registry.versions.bump_all()


def _with(settings, licence):
    from dataclasses import replace

    return replace(settings, data_licence=licence)


@pytest.mark.parametrize("lang", ["pl", "en"])
def test_the_page_leads_to_everything_that_it_names(browser, lang):
    suffix = "" if lang == "pl" else "?lang=en"
    page = browser.get(f"{PAGE}{suffix}")
    assert page.html.html["lang"] == lang
    for link in page.html.select("main a[href^='/']"):
        if "kontakt" not in link["href"] and "contact" not in link["href"]:
            browser.get(link["href"], status=200)
    ways = {link["type"] for link in page.html.select("head link[rel=describedby]")}
    assert ways == {media_type for media_type, _ in FORMS.values()}


def test_pages_lead_to_their_data(browser):
    record = browser.get("/baza/r1").html
    told = record.select_one("head link[type='application/json']")["href"]
    assert browser.get(told).json["code"] == "R01"
    listed = browser.get("/biblioteka").html
    told = listed.select_one("head link[type='application/json']")["href"]
    assert browser.get(told).json["total"] == 3
    assert listed.select("head link[rel=describedby]")
    assert listed.select_one("main a[href='/otwarte-dane']")
    assert browser.get("/").html.select_one("footer a[href='/otwarte-dane']")


def test_records_stand_in_the_site_map(browser):
    listed = browser.get("/sitemap-1.xml").text
    assert all(
        f"<loc>http://localhost{path}</loc>" in listed for path in ("/baza/r1", "/biblioteka/k1")
    )


texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)


@given(texts, texts.filter(str.strip))
def test_any_text_and_address_is_read_back_from_both_forms(text, word):
    address = f"http://localhost/{word}"
    thing = Thing("dcat:Dataset", {"dct:title": Text(text, "pl"), "dct:source": Ref(address)},
                  "http://localhost/#x")  # fmt: skip
    turtle = Graph().parse(data=as_turtle(thing), format="turtle")
    assert Literal(text, lang="pl") in set(turtle.objects(None, DCTERMS.title))
    linked = json.loads(as_json_ld(thing))
    assert linked["dct:title"][0]["@value"] == text
    (source,) = turtle.objects(None, DCTERMS.source)
    assert str(source) == linked["dct:source"][0]["@id"]
