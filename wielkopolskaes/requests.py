"""The class of requests, made once.

Pyramid makes a class for each request, to give it what `add_request_method` has added. That costs
much, and more than is seen: nothing that Python has learned of a class helps with the next one.
"""

from typing import TYPE_CHECKING, cast

from pyramid.request import Request

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

    from pyramid.router import Router


def with_one_class(app: "WSGIApplication") -> "WSGIApplication":
    """Let all requests of Pyramid's application share one class, which has all that was added.

    What is made by hand, in scripts and tests, still gets it in Pyramid's way.
    """
    router = cast("Router", app)
    added = router.request_extensions
    if added is not None:
        members = {**added.methods, **added.descriptors, "__module__": __name__}
        router.request_factory = type("PortalRequest", (Request,), members)
        router.request_extensions = None
    return app
