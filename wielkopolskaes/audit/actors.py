"""Who is behind a request: the person who has logged in, else a stranger from some network."""

from pyramid.events import NewRequest

from wielkopolskaes.audit.services import Actor, act_as
from wielkopolskaes.db import writes
from wielkopolskaes.security.networks import network_of
from wielkopolskaes.types import Request


def actor_of(request: Request) -> Actor:
    """Name the person of the request; a stranger has neither number nor name.

    Somebody whose second factor is still to come has given their password: it is them.
    """
    from wielkopolskaes.accounts.sessions import find_login

    network = network_of(request.remote_addr)
    if request.identity:
        return Actor(request.identity.id, request.identity.name, network)
    login = find_login(request)
    return Actor(login.person_id, login.person.name, network) if login else Actor(None, "", network)


def name_actor(event: NewRequest) -> None:
    """Let the session of a request that may change something know whose it is."""
    request = event.request
    if writes(request):
        act_as(request.dbsession, lambda: actor_of(request))
