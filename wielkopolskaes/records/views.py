"""Permanent addresses: `/r/D0104` leads to where the record stands now."""

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.response import Response

from wielkopolskaes.content.audience import audience_of
from wielkopolskaes.records.queries import find
from wielkopolskaes.types import Request


def record(request: Request) -> Response:
    """Lead to the record in the reader's language, or in that which it has."""
    letter, code = request.matched_route.name[-1], request.matchdict["code"]
    path = find(request, letter, code, audience_of(request))
    if path is None:
        raise HTTPNotFound
    return HTTPSeeOther(path)
