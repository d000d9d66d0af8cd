"""Acronyms as they are inflected: OWES-u, OWESem, ROPS-owi, ZAZ-y."""

import re

# How Polish inflects what is spoken by its letters or as a word, and its derived words.
_ENDINGS = (
    "a|ach|ami|ą|e|ę|em|i|iach|iami|ie|iem|iom|o|om|ów|owi|owie|owiec|owca|owcy|owców|owcom"
    "|owcami|owcach|owcem|owski|owska|owskie|owskiego|owskiej|owskich|owskim|owskimi|owy|owa|owe"
    "|owego|owej|owych|owym|owymi|u|y|ze|cie|sy|sów|som|sami|sach"
)
_ENDING = re.compile(_ENDINGS)
_CAPITALS = re.compile(r"[A-ZĄĆĘŁŃÓŚŹŻ]{2,10}[0-9]{0,4}")
_INFLECTED = re.compile(rf"([A-ZĄĆĘŁŃÓŚŹŻ]{{2,10}})(?:{_ENDINGS})")


def acronym_of(word: str, ending: str = "") -> str:
    """Return the acronym of a word and of what follows its hyphen, "" where it is none."""
    if ending:
        return word if _CAPITALS.fullmatch(word) and _ENDING.fullmatch(ending) else ""
    if word.islower() or word.istitle() or not word[:2].isupper():
        return ""
    if _CAPITALS.fullmatch(word):
        return word
    found = _INFLECTED.fullmatch(word)
    return found[1] if found else ""
