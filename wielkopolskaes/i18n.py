"""`_` for the words of the interface in Python code.

English is the language of the message ids; Polish is the language of the portal.
"""

from pyramid.i18n import TranslationStringFactory

DOMAIN = "wielkopolskaes"

# Each language by its own name.
LANGUAGE_NAMES = {"pl": "Polski", "en": "English"}

_ = TranslationStringFactory(DOMAIN)
