"""What the portal's words are in each of its languages, whoever asks."""

from collections.abc import Mapping
from functools import cached_property

from pyramid.i18n import Localizer, make_localizer
from pyramid.interfaces import ITranslationDirectories
from pyramid.registry import Registry

from wielkopolskaes.content.folding import fold
from wielkopolskaes.i18n import LANGUAGE_NAMES, _


def key_of(text: str) -> str:
    """Fold a word as people type it: case, accents and marks make no other word."""
    return fold(text).strip()


class Words:
    """Says messages in one language, and knows what people may call a thing in any."""

    def __init__(self, registry: Registry, lang: str) -> None:
        self.lang = lang
        self._registry = registry
        # By the lists themselves, which live as long as the portal.
        self._meant: dict[int, tuple[Mapping[str, str], dict[str, str]]] = {}
        self._written: dict[int, dict[str, str]] = {}

    def say(self, message: str) -> str:
        """Put a message into the language."""
        return self._localizers[self.lang].translate(message)

    def names(self, message: str) -> set[str]:
        """Return the message in all languages, folded."""
        return {key_of(each.translate(message)) for each in self._localizers.values()}

    def meant(self, labels: Mapping[str, str]) -> dict[str, str]:
        """Return which word of a list is meant by each of its names; by a shared one, none."""
        if id(labels) not in self._meant:
            self._meant[id(labels)] = labels, self._meanings(labels)
        return self._meant[id(labels)][1]

    def written(self, labels: Mapping[str, str]) -> dict[str, str]:
        """Return how the words of a list are written: by their labels where these are unique."""
        if id(labels) not in self._written:
            meant = self.meant(labels)
            said = {word: self.say(label) for word, label in labels.items()}
            self._written[id(labels)] = {
                word: label if meant.get(key_of(label)) == word else word
                for word, label in said.items()
            }
        return self._written[id(labels)]

    @cached_property
    def yes_no(self) -> tuple[str, str]:
        """Return what stands for yes and for no."""
        return self.say(_("yes")), self.say(_("no"))

    def _meanings(self, labels: Mapping[str, str]) -> dict[str, str]:
        found: dict[str, str] = {}
        shared = set()
        for word, label in labels.items():
            for name in self.names(label):
                if found.setdefault(name, word) != word:
                    shared.add(name)
        return {name: word for name, word in found.items() if name not in shared}

    @cached_property
    def _localizers(self) -> dict[str, Localizer]:
        folders = self._registry.queryUtility(ITranslationDirectories, default=[])
        return {lang: make_localizer(lang, folders) for lang in LANGUAGE_NAMES}
