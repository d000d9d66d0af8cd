"""`_` for the words of the interface in Python code.

English is the language of the message ids; Polish is the language of the portal.
"""

from pyramid.i18n import Localizer, TranslationStringFactory, make_localizer
from pyramid.interfaces import ILocalizer, ITranslationDirectories
from pyramid.registry import Registry

DOMAIN = "wielkopolskaes"

# Each language by its own name.
LANGUAGE_NAMES = {"pl": "Polski", "en": "English"}

_ = TranslationStringFactory(DOMAIN)


def localizer_of(registry: Registry, lang: str) -> Localizer:
    """Return what translates into a language, whatever that of the request is."""
    known = registry.queryUtility(ILocalizer, name=lang)
    if known is None:
        folders = registry.queryUtility(ITranslationDirectories, default=[])
        known = make_localizer(lang, folders)
        registry.registerUtility(known, ILocalizer, name=lang)
    return known
