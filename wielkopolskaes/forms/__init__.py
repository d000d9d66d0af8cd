"""Forms: deform and colander behind one class, rendered by templates of our own.

`Form` is all that views need; docs/forms.md shows it. deform itself is imported when the first
form is made, never at start.
"""

from typing import TYPE_CHECKING, Any

from pyramid.config import Configurator

from wielkopolskaes.cache.memo import Memo

if TYPE_CHECKING:
    from wielkopolskaes.forms.form import Form, Rearranged, Refused

__all__ = ["Form", "Rearranged", "Refused"]

# A long form has some forty, in each language; each takes about a kilobyte.
PATTERNS = 2000


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    from wielkopolskaes.forms import form

    return getattr(form, name)


def includeme(config: Configurator) -> None:
    """Keep what forms have in common; show a page of all fields where the portal is built."""
    config.registry.form_patterns = Memo(config.registry.versions, max_entries=PATTERNS)
    if not config.registry.portal.production:
        config.include("wielkopolskaes.forms.specimens")
