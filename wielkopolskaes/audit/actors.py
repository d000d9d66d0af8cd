"""Who is behind a request: the person who has logged in, else a stranger from some network."""

from pyramid.events import NewRequest

from wielkopolskaes.audit.services import Actor, act_as
from wielkopolskaes.db import writes
from wielkopolskaes.security.networks import network_of
from wielkopolskaes.types import Request


def actor_of(request: Request) -> Actor:
    """Name the person of the request; a stranger has neither number nor name."""
    network = network_of(request.remote_addr)
    identity = request.identity
    return Actor(identity.id, identity.name, network) if identity else Actor(None, "", network)


def name_actor(event: NewRequest) -> None:
    """Let the session of a request that may change something know whose it is."""
    request = event.request
    if writes(request):
        act_as(request.dbsession, lambda: actor_of(request))
