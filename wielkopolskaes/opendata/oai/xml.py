"""Elements of XML, written with nothing in them that XML does not take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from wielkopolskaes.records.sheets import NO_XML


@dataclass(frozen=True)
class Element:
    """A name, a text or further elements, and attributes."""

    name: str
    inside: str | Sequence["Element"] = ""
    attributes: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        known = "".join(
            f" {name}={quoteattr(NO_XML.sub('', value))}" for name, value in self.attributes.items()
        )
        if isinstance(self.inside, str):
            inside = escape(NO_XML.sub("", self.inside))
        else:
            inside = "".join(map(str, self.inside))
        return f"<{self.name}{known}>{inside}</{self.name}>"
