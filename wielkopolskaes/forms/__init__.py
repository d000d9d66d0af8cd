"""Forms: deform and colander behind one class, rendered by templates of our own.

`Form` is all that views need; docs/forms.md shows it. deform itself is imported when the first
form is made, never at start.
"""

from typing import TYPE_CHECKING, Any

from pyramid.config import Configurator

if TYPE_CHECKING:
    from wielkopolskaes.forms.form import Form, Rearranged, Refused

__all__ = ["Form", "Rearranged", "Refused"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    from wielkopolskaes.forms import form

    return getattr(form, name)


def includeme(config: Configurator) -> None:
    """Add the page of all fields with their states where the portal is built."""
    if not config.registry.portal.production:
        config.include("wielkopolskaes.forms.specimens")
