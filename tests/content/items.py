"""Items of any registered type, filled from its schema: a new type is covered by itself."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import colander

from tests.media.files import pdf
from wielkopolskaes.content.fields import NodeRef, PartialDate, RichText
from wielkopolskaes.content.folding import fold
from wielkopolskaes.content.services import Source, assign, read, resolver, write
from wielkopolskaes.films.schemas import is_embed
from wielkopolskaes.films.times import Clock
from wielkopolskaes.media.services import add_document, add_image
from wielkopolskaes.tree.services import change_state, place, plant, trash
from wielkopolskaes.tree.states import State

NOW = datetime.now(UTC).replace(microsecond=0)
LONG_AGO = NOW - timedelta(days=400)
FAR = datetime(2100, 1, 1, tzinfo=UTC)
SHOWN_EVERYWHERE = ("listed", "in_menu", "in_footer")


def filled(schema, word, refs):
    """Return a value for every field, the word in each that takes text.

    `refs` gives addresses for references by the name of the field; others stay empty.
    """
    values = {
        child.name: value_of(child, word, refs)
        for child in schema.children
        if child.name != "translation_key"
    }
    return {name: value for name, value in values.items() if value is not None}


def value_of(field, word, refs):
    kind, name = field.typ, field.name
    if isinstance(kind, NodeRef):
        return refs.get(name)
    if isinstance(kind, colander.Mapping):
        return filled(field, word, refs)
    if isinstance(kind, colander.Sequence):
        return sequence_of(field, word, refs)
    if isinstance(kind, RichText):
        return f"<h2>{word} {name}</h2><p>{word} {refs.get('text', '')}</p>"
    if isinstance(kind, colander.Boolean):
        return "true" if name in SHOWN_EVERYWHERE else None
    if isinstance(kind, PartialDate):
        return "2015-06"
    if isinstance(kind, Clock):
        return "1:23"
    if isinstance(kind, colander.Date):
        return "2020-01-02"
    return text_of(field, word) if isinstance(kind, colander.String) else None


def sequence_of(field, word, refs):
    item = field.children[0]
    if isinstance(item.typ, NodeRef):
        found = refs.get(field.name, [])
        return found if isinstance(found, list) else [found]
    value = value_of(item, word, refs)
    return [] if value is None else [value]


def text_of(field, word):
    if field.name in ("number", "isbn", "issn"):
        # Its form depends on the programme, or on a check digit.
        return ""
    if hasattr(field, "read_as"):
        return f"WEBVTT\n\n00:01.000 --> 00:02.000\n{word} {field.name}"
    rules = getattr(field.validator, "validators", [field.validator])
    if is_embed in rules:
        return "https://www.youtube.com/watch?v=abcdefghijk"
    plain = fold(word).strip().replace(" ", "-")
    for rule in rules:
        if isinstance(rule, colander.OneOf):
            return rule.choices[0]
        if isinstance(rule, colander.Email):
            return f"{plain}@example.org"
        if isinstance(rule, colander.Regex):
            fits = f"https://example.org/{plain}", "61 123 45 67", plain.upper()[:30], "10.1000/182"
            return next(text for text in fits if rule.match_object.match(text))
    return f"{word} {field.name}"


def add(session, registry, kind, under, slug, word, refs=None, **values):
    """Place a filled draft with the verbs that loading uses; `values` go before the filling."""
    content_type = registry.content_types[kind]
    filling = filled(content_type.schema(), word, refs or {}) | values
    node = content_type.model(state=State.DRAFT)
    if hasattr(node, "sha256"):
        take_in(session, registry, node, word)
    data = read(content_type, filling, Source("html", resolver(session), ("localhost",)))
    assign(node, content_type, data)
    if under is None:
        plant(session, node)
    else:
        place(session, node, under=under, slug=slug)
    return write(session, node, content_type, data)


def take_in(session, registry, node, word):
    """Give the item a file that no other item has."""
    if hasattr(node, "width"):
        seed = sha256(word.encode()).digest()
        data = small_picture(tuple(seed[:3]), tuple(seed[3:6]))
        blob = add_image(session, registry.files, data, "obraz.png")
        node.width, node.height = blob.width, blob.height
    else:
        blob = add_document(session, registry.files, pdf(word.encode()), "plik.pdf")
        node.size, node.filename = blob.size, f"{word}.pdf"
    node.sha256, node.mime = blob.sha256, blob.mime


def small_picture(one, other):
    from PIL import Image

    from tests.media.files import saved

    image = Image.new("RGB", (40, 30), one)
    image.paste(other, (0, 0, 20, 30))
    return saved(image, "PNG")


def publish(session, node, **instants):
    change_state(session, node, State.PUBLISHED, now=LONG_AGO, **instants)


def steps(*states, **instants):
    """Make what walks an item through these states."""

    def walk(session, node):
        for state in states:
            given = instants if state is states[-1] else {}
            change_state(session, node, state, now=LONG_AGO, **given)

    return walk


def publish_and_trash(session, node):
    publish(session, node)
    trash(session, node, now=LONG_AGO)


# Every way in which an item is not public; the two last are about the section above it.
HIDDEN = {
    "szkic": steps(),
    "sprawdzany": steps(State.IN_REVIEW),
    "zatwierdzony": steps(State.IN_REVIEW, State.APPROVED),
    "zaplanowany": steps(State.SCHEDULED, publish_at=FAR),
    "przyszly": steps(State.PUBLISHED, publish_at=FAR),
    "zarchiwizowany": steps(State.PUBLISHED, State.ARCHIVED),
    "cofniety": steps(State.PUBLISHED, State.DRAFT),
    "skasowany": publish_and_trash,
    "wygasly": steps(State.PUBLISHED, expires_at=LONG_AGO + timedelta(days=1)),
    "podszkicem": publish,
    "podkoszem": publish,
}
ONCE_PUBLIC = {"zarchiwizowany", "cofniety", "skasowany", "wygasly", "podkoszem"}
