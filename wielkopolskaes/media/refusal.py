"""The one exception of an upload that the portal does not take."""

from pyramid.i18n import TranslationString


class UnsafeFile(Exception):
    """The file is refused; `message` says to a person what is wrong and what to do."""

    def __init__(self, message: TranslationString) -> None:
        self.message = message
        super().__init__(message.interpolate())
