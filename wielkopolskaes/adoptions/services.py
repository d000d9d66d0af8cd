"""What tellers and editors do with adoptions: tell, confirm, refuse, withdraw, forget."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from html import escape
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from wielkopolskaes.accounts.services import valid_email
from wielkopolskaes.accounts.tokens import digest_of, new_token
from wielkopolskaes.adoptions.models import Adoption, AdoptionWish, Contact
from wielkopolskaes.adoptions.places import place_words
from wielkopolskaes.adoptions.queries import adoption_of, is_known, shelf
from wielkopolskaes.audit.services import record
from wielkopolskaes.content.registry import ContentType
from wielkopolskaes.content.services import Source, assign, kinds, read, resolver, write
from wielkopolskaes.letters.models import Letter
from wielkopolskaes.letters.services import mailbox, send
from wielkopolskaes.newsroom.editing.slugs import free_slug
from wielkopolskaes.results.models import Result
from wielkopolskaes.security.keys import is_signed, sign
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.services import lock_tree, place, trash
from wielkopolskaes.tree.states import State

LETTERS = "wielkopolskaes:adoptions/templates/letters/"
WISH_LIFE = timedelta(hours=48)
# What the keys of all letters about adoptions begin with.
ABOUT = "adoption-"
LONGEST_TITLE = 250
# What the link in letters is signed for.
OWN, _KEY, _MARK = "adoption own", 32, 64


class LinkDead(Exception):
    """The link has been used, has run out, or is none of ours."""


def tell(
    session: Session, result: Result, told: Mapping[str, Any], *, key: str, lang: str,
    now: datetime,
) -> None:  # fmt: skip
    """Keep what somebody tells, and write to their address; once for each form. Raises BadEmail.

    The letter does not repeat what was told: whoever types other people's addresses could send
    them any words by it.
    """
    email, token = valid_email(told["email"]), new_token()
    if is_known(session, key):
        return
    wish = AdoptionWish(
        digest=digest_of(token), key=key, result_id=result.id, email=email, name=told["name"],
        lang=lang, created_at=now,
        told={name: value for name, value in told.items() if name not in ("email", "name")},
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(wish)
    except IntegrityError:
        # The other of two clicks was faster.
        return
    send(session, template=f"{LETTERS}confirm.jinja2", to=email, lang=lang, now=now,
         values={"token": token}, key=f"{ABOUT}wish:{wish.digest}")  # fmt: skip


def wish_of(session: Session, token: str, now: datetime) -> AdoptionWish:
    """Find what a link confirms; raises LinkDead, also when its result is public no more."""
    wish = session.get(AdoptionWish, digest_of(token))
    if wish is None or wish.created_at + WISH_LIFE <= now:
        raise LinkDead
    result = session.get(Result, wish.result_id)
    if result is None or not result.is_public(now):
        raise LinkDead
    return wish


def confirm(session: Session, content_type: ContentType, token: str, now: datetime) -> Contact:
    """Put what was told before the editors, in the name of its address; raises LinkDead."""
    wish = wish_of(session, token, now)
    result, section = session.get(Result, wish.result_id), shelf(session, wish.lang, now)
    if result is None or section is None:
        raise LinkDead
    _spend(session, wish)
    data = _data(session, content_type, wish, result)
    node = content_type.model(state=State.IN_REVIEW)
    assign(node, content_type, data)
    # Until then others who confirm the same are given no address: it would be this one.
    lock_tree(session)
    slug = free_slug(session, section, f"{result.code} {place_words(data['area'])}", "wdrozenie")
    place(session, node, under=section, slug=slug)
    write(session, node, content_type, data)
    contact = Contact(
        node_id=node.id, key=wish.key, link=secrets.token_hex(_KEY // 2), email=wish.email,
        name=wish.name, organisation=wish.told["organisation"], may_name=wish.told["may_name"],
        lang=wish.lang, confirmed_at=now,
    )  # fmt: skip
    session.add(contact)
    session.flush()
    _forget_letters(session, Letter.key == f"{ABOUT}wish:{wish.digest}")
    return contact


def _spend(session: Session, wish: AdoptionWish) -> None:
    """Use a link up; of two who come at once, one is told that it is dead."""
    here = AdoptionWish.digest == wish.digest
    spent: Any = session.execute(
        delete(AdoptionWish).where(here).execution_options(synchronize_session=False)
    )
    if spent.rowcount != 1:
        raise LinkDead
    session.expunge(wish)


def _data(
    session: Session, content_type: ContentType, wish: AdoptionWish, result: Result
) -> dict[str, Any]:
    told = wish.told
    values = {
        "title": title_of(result.title, told["area"], told["adopted_on"]),
        "lang": wish.lang,
        "result": str(result.id),
        "organisation": told["organisation"] if told["may_name"] else "",
        "organisation_kind": told["organisation_kind"],
        "area": told["area"],
        "adopted_on": told["adopted_on"],
        "adapted": paragraphs(told["adapted"]),
        "effect": paragraphs(told["effect"]),
    }
    return read(content_type, values, Source("html", resolver(session), (), kinds(session)))


def title_of(result: str, area: str, adopted_on: str) -> str:
    """Name an adoption without its organisation: what, where, since which year."""
    end = f" – {place_words(area)}, {adopted_on[:4]}"
    room = LONGEST_TITLE - len(end)
    return (result if len(result) <= room else result[: room - 1] + "…") + end


def paragraphs(text: str) -> str:
    """Turn typed text into HTML that says the same and nothing more."""
    parts = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n")]
    return "".join(f"<p>{escape(part)}</p>" for part in parts if part)


def refuse(session: Session, contact: Contact, node: Node, *, reason: str, now: datetime) -> None:
    """Put an adoption away and tell its teller why, in their language."""
    trash(session, node, now=now, reason=reason)
    contact.decided_at = now
    send(session, template=f"{LETTERS}refused.jinja2", to=contact.email, lang=contact.lang,
         now=now, values={"reason": reason, "title": node.title},
         key=f"{ABOUT}refused:{contact.link}")  # fmt: skip


def withdraw(session: Session, contact: Contact, *, now: datetime) -> None:
    """Do what the teller asks: take back what readers do not see, else the organisation's name.

    Nothing of the contact is left.
    """
    node = adoption_of(session, contact)
    forget(session, contact)
    if node is None or node.state is State.TRASHED:
        return
    if not node.is_public(now):
        trash(session, node, now=now, reason="")
    elif node.organisation:
        _unname(session, node)


def _unname(session: Session, node: Adoption) -> None:
    node.organisation = ""
    node.card = {**node.card, "organisation": ""}
    session.flush()
    record(session, "item.edited", node, after={"organisation": ""})


def forget(session: Session, contact: Contact) -> None:
    """Take away all that says who told of an adoption."""
    _forget_letters(session, Letter.key.endswith(f":{contact.link}", autoescape=True))
    session.delete(contact)
    session.flush()


def erase(session: Session, email: str) -> None:
    """Take away all that is kept of an address."""
    for model in (AdoptionWish, Contact):
        session.execute(
            delete(model).where(model.email == email).execution_options(synchronize_session=False)
        )
    session.flush()
    to = func.lower(Letter.to) == mailbox(email).lower()
    _forget_letters(session, Letter.key.startswith(ABOUT) & to)


def _forget_letters(session: Session, which: Any) -> None:
    session.execute(delete(Letter).where(which).execution_options(synchronize_session=False))


def token_of(secret: str, contact: Contact) -> str:
    """Write what stands in the teller's link: the database alone opens nothing."""
    return contact.link + sign(secret, OWN, contact.link)


def link_in(secret: str, token: str) -> str:
    """Read the key from a link; raises LinkDead when we have not signed it."""
    key, mark = token[:_KEY], token[_KEY:]
    if len(mark) != _MARK or not token.isascii() or not is_signed(secret, OWN, key, mark):
        raise LinkDead
    return key


def contact_of(session: Session, node_id: int) -> Contact | None:
    """Return who told of an item, as long as it is kept."""
    return session.scalar(select(Contact).where(Contact.node_id == node_id))
