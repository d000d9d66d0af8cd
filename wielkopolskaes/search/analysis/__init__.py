"""From text to the words that are searched.

A word becomes the keys of its lemmas, folded, all at one position. The same is done to items and
to queries, so both meet in any inflected form, with Polish letters or without.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wielkopolskaes.search.analysis.text import VERSION, Token, analyse, keys_of

__all__ = ["VERSION", "Token", "analyse", "keys_of"]


def __getattr__(name: str) -> Any:
    # The lexicon is opened by whoever needs it, not by every command of the operator.
    if name in __all__:
        return getattr(import_module("wielkopolskaes.search.analysis.text"), name)
    raise AttributeError(name)
