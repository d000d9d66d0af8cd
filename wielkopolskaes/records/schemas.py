"""The fields that every record has."""

import colander

from wielkopolskaes.content.base import LANGS, BodySchema
from wielkopolskaes.content.fields import choice, tidy
from wielkopolskaes.i18n import _


class CodedSchema(BodySchema):
    """The code of the permanent address, and the language of a title that was left as it is."""

    code = colander.SchemaNode(
        colander.String(), name="code", title=_("Code"), preparer=tidy,
        validator=colander.Regex(
            r"[A-Z0-9][A-Z0-9-]{0,29}\Z",
            msg=_("Write capital letters, digits and hyphens: D0104."),
        ),
        description=_("The permanent address ends with it; it should never change."),
    )  # fmt: skip
    title_lang = choice(
        "title_lang", _("Language of the title"), LANGS, missing=None,
        description=_("When it is not that of the record."),
    )  # fmt: skip
