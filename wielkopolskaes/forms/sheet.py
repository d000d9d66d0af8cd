"""A short form: what was typed, and what is wrong with it."""

from dataclasses import dataclass, field

from pyramid.i18n import TranslationString

UNPROCESSABLE = 422


@dataclass
class Sheet:
    """`sheet` in the templates. Passwords and codes are never among the values."""

    values: dict[str, str] = field(default_factory=dict)
    errors: dict[str, TranslationString] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """The status of the page that shows it."""
        return UNPROCESSABLE if self.errors else 200
