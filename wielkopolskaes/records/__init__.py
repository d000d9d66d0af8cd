"""Records: results, publications, films and projects, for catalogues, citations and harvesters.

A type of content that is a record says so with `ContentType.record`; all that is made of records
(permanent addresses, citations, exports, open data) knows `Record` alone and no type.
"""

from pyramid.config import Configurator

# What permanent addresses begin with: projects, films, publications, results.
LETTERS = ("e", "f", "p", "r")


def includeme(config: Configurator) -> None:
    """Answer permanent addresses, cards, and citations and lists as files."""
    from wielkopolskaes.records.cards.setting import Setter
    from wielkopolskaes.records.cards.views import card
    from wielkopolskaes.records.views import citation, record

    config.registry.card_setter = Setter()

    for letter in LETTERS:
        # Each its own route: what begins otherwise is then not compared with any.
        config.add_route(f"record.{letter}", f"/{letter}/{{code:[A-Z0-9][A-Z0-9-]*}}")
        config.add_view(record, route_name=f"record.{letter}", request_method="GET")
        file = r"{code:[A-Z0-9][A-Z0-9-]*}.{format:bib|ris|csl\.json}"
        config.add_route(f"citation.{letter}", f"/{letter}/{file}")
        config.add_view(citation, route_name=f"citation.{letter}", request_method="GET")
        config.add_route(f"card.{letter}", f"/{letter}/{{code:[A-Z0-9][A-Z0-9-]*}}.pdf")
        config.add_view(card, route_name=f"card.{letter}", request_method="GET")
    config.scan("wielkopolskaes.records.views")
