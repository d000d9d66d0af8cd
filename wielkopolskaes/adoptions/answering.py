"""The job that tells tellers that their adoption is public, whichever way it got there."""

from wielkopolskaes.adoptions.models import Contact
from wielkopolskaes.adoptions.queries import unanswered
from wielkopolskaes.adoptions.services import ABOUT, LETTERS, token_of
from wielkopolskaes.jobs.kinds import JobContext
from wielkopolskaes.letters.services import send
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.states import State

# What the keys of these letters begin with.
PUBLIC = f"{ABOUT}public:"


def answer(context: JobContext) -> None:
    """Write to those whose adoption readers see by now.

    Thrown away without a word, it was no adoption (spam, a trial): nobody is written to.
    """
    for node, contact in unanswered(context.session, context.now, PUBLIC):
        if node.is_public(context.now):
            contact.decided_at = context.now
            _write(context, contact, node)
        elif node.state is State.TRASHED:
            contact.decided_at = context.now


def _write(context: JobContext, contact: Contact, node: Node) -> None:
    portal = context.registry.portal
    suffix = "" if contact.lang == "pl" else f"?lang={contact.lang}"
    own = f"{portal.base_url}/wdrozylismy/moje/{token_of(portal.secret, contact)}{suffix}"
    send(
        context.session, template=f"{LETTERS}published.jinja2", to=contact.email,
        lang=contact.lang, now=context.now, key=f"{PUBLIC}{contact.link}",
        values={"title": node.title, "href": portal.base_url + node.path, "own": own},
    )  # fmt: skip
