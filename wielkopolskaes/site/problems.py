"""What programs hear when something goes wrong: problem details (RFC 9457)."""

import json
from typing import Any

from pyramid.response import Response

from wielkopolskaes.security.sanity import OPEN
from wielkopolskaes.types import Request

MEDIA_TYPE = "application/problem+json"
# Public data, the same for everybody: any page may read it, and brings no cookies along.
OPEN_HEADERS = (
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "ETag, Link, Retry-After"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
)


def is_for_programs(request: Request) -> bool:
    """Tell whether the request asks for what programs read and no people do."""
    return str(request.environ.get("PATH_INFO", "")).startswith(OPEN)


def problem(status: int, title: str, detail: str, **more: Any) -> Response:
    """Say what went wrong; `more` are members of its own, as `known` for what could be asked."""
    told = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    body = json.dumps({name: value for name, value in told.items() if value}, ensure_ascii=False)
    response = Response(body.encode(), status=status, content_type=MEDIA_TYPE)
    response.headers.update(OPEN_HEADERS)
    response.cache_control.no_store = True
    return response
