"""What a document's page shows: the file, with its format and size before the click."""

from typing import Any

from wielkopolskaes.content.document.models import Document
from wielkopolskaes.filetext.queries import has_text_layer
from wielkopolskaes.media.pictures import document_url
from wielkopolskaes.types import Request


def present(document: Document, request: Request) -> dict[str, Any]:
    """Add the file."""
    return {
        "file": {
            "format": document.filename.rpartition(".")[2].upper(),
            "filename": document.filename,
            "size": document.size,
            "language": document.language,
            "accessible": document.accessible,
            "href": document_url(document.card),
            "is_picture": has_text_layer(request.dbsession, document.sha256) is False,
        }
    }
