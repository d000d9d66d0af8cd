"""The job that sends one letter.

Each reader gets each letter exactly once, as far as mail can promise it. The letter is noted as
sent in the transaction that settles its job, so nothing is lost and nothing is sent again while
both machines live. What remains: if this process or the line dies after the server has taken the
message and before the note is committed, the letter goes out once more, under the same
Message-ID, by which mail programs and most servers know it for the same letter.
"""

from sqlalchemy import update

from wielkopolskaes.jobs.kinds import JobContext
from wielkopolskaes.letters.masking import masked
from wielkopolskaes.letters.messages import compose
from wielkopolskaes.letters.models import Letter


def deliver(context: JobContext, *, letter_id: int) -> None:
    """Send the letter unless it was sent, or taken away meanwhile."""
    portal = context.registry.portal
    with context.reading() as session:
        letter = session.get(Letter, letter_id)
    if letter is None or letter.sent_at is not None or letter.forgotten_at is not None:
        return
    context.registry.mailer.send(compose(letter, portal.mail_from))
    kept = {"text": masked(letter.text), "html": masked(letter.html), "unsubscribe": ""}
    kept = kept if portal.production else {}
    context.session.execute(
        update(Letter).where(Letter.id == letter_id).values(sent_at=context.now, **kept)
    )
