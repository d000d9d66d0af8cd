"""The forms of these pages: phrases, one on a line, and what belongs to them."""

from collections.abc import Iterator
from typing import Any

import colander

from wielkopolskaes.content.fields import day, item, text
from wielkopolskaes.content.registry import standalone_kinds
from wielkopolskaes.content.services import kinds, resolver
from wielkopolskaes.i18n import _
from wielkopolskaes.types import Request

MOST = 20
LONGEST = 200


def lines(typed: str) -> list[str]:
    """Return the phrases of a text, one on a line."""
    return [" ".join(line.split()) for line in typed.splitlines() if line.strip()]


def promotion_schema(request: Request) -> colander.SchemaNode:
    """Say what is promoted, for which searches, with which note, until when."""
    session = request.dbsession
    schema = colander.SchemaNode(
        colander.Mapping(),
        _phrases(_("Searches"), _("One on a line. The item appears when all words of a line are "
                                  "searched for, in any form and order."), least=1),
        item("item", _("Promoted item"), *standalone_kinds(request.registry),
             missing=colander.required,
             description=_("Readers see it as long as they may see the item itself.")),
        text("note", _("Note for readers"), 300, rows=2,
             description=_("Shown below the title. If it is empty, the item's introduction is.")),
        day("until", _("Last day"), missing=None,
            description=_("Leave empty to promote the item until you end it.")),
    )  # fmt: skip
    return schema.bind(
        markup="html", resolve=resolver(session), kind_of=kinds(session), hosts=request.portal.hosts
    )


def group_schema() -> colander.SchemaNode:
    """Say which phrases mean the same."""
    field = _phrases(
        _("Words that mean the same"),
        _("One word or phrase on a line. Their order and form do not matter; write an "
          "abbreviation in capitals."), least=2,
    )  # fmt: skip
    return colander.SchemaNode(colander.Mapping(), field)


def _phrases(title: str, description: str, *, least: int) -> colander.SchemaNode:
    def check(node: colander.SchemaNode, value: str) -> None:
        for problem in _problems(lines(value), least):
            raise colander.Invalid(node, problem)

    return text("phrases", title, MOST * LONGEST, missing=colander.required, rows=5,
                description=description, control="textarea", validator=check)  # fmt: skip


def _problems(phrases: list[str], least: int) -> Iterator[Any]:
    from wielkopolskaes.search.analysis.synonyms import LONGEST as MOST_WORDS
    from wielkopolskaes.search.analysis.synonyms import phrase_of
    from wielkopolskaes.search.wording import clashes

    for words in phrases:
        if len(words) > LONGEST or not phrase_of(words):
            yield _("“${words}” must have one to ${most} words.",
                    mapping={"words": words[:60], "most": MOST_WORDS})  # fmt: skip
    for words, other in clashes(phrases, ()):
        yield _("“${words}” is the same search as “${other}”.",
                mapping={"words": words, "other": other})  # fmt: skip
    if len(phrases) > MOST:
        yield _("Write at most ${most} lines.", mapping={"most": MOST})
    if len(phrases) < least:
        yield _("Write at least ${least} lines: one alone means the same as nothing.",
                mapping={"least": least})  # fmt: skip
