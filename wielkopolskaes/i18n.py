"""The two languages of the interface: which one a request speaks, and ``_`` for Python code.

English is the language of the message ids; Polish is the language of the portal.
"""

from pyramid.i18n import TranslationStringFactory

from wielkopolskaes.types import Request

DOMAIN = "wielkopolskaes"
LANGUAGES = ("pl", "en")
DEFAULT_LANGUAGE = "pl"

_ = TranslationStringFactory(DOMAIN)


def language_of(request: Request) -> str:
    """The language of what is shown: the context's own, else the one its address begins with.

    Pyramid's default also listens to a ``_LOCALE_`` parameter and cookie; an address that
    changes its language by either could not be cached.
    """
    language = getattr(getattr(request, "context", None), "lang", None)
    return language if language in LANGUAGES else _language_of_path(request)


def _language_of_path(request: Request) -> str:
    # The raw path: decoding a malformed one would fail while the error page is being made.
    first_segment = request.environ.get("PATH_INFO", "").lstrip("/").partition("/")[0]
    return first_segment if first_segment in LANGUAGES else DEFAULT_LANGUAGE
