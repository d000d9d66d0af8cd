"""What readers do with alerts: ask for one, confirm it, change it, end it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from wielkopolskaes.accounts.services import valid_email
from wielkopolskaes.accounts.tokens import digest_of, new_token
from wielkopolskaes.alerts.links import LinkDead, new_key
from wielkopolskaes.alerts.models import Alert, Frequency, Reader, Waiting, Wish
from wielkopolskaes.alerts.planning import next_letter, promise
from wielkopolskaes.letters.models import Letter
from wielkopolskaes.letters.services import mailbox, send
from wielkopolskaes.search.models import SearchChange

LETTERS = "wielkopolskaes:alerts/templates/letters/"
WISH_LIFE = timedelta(hours=48)
MOST = 50
# What the keys of letters begin with: those about wishes, those with new results.
ABOUT_WISH, NEWS = "alert-wish:", "alert:"


class TooMany(Exception):
    """The reader has as many alerts as anybody may have."""


def ask(
    session: Session, *, email: str, asked: str, lang: str, frequency: Frequency, now: datetime
) -> None:
    """Write to an address that somebody wants an alert there; raises BadEmail.

    The same happens whether the address has alerts or not. The letter does not say what was
    asked: whoever types other people's addresses could send them any words by it.
    """
    email, token = valid_email(email), new_token()
    same = (Wish.email == email, Wish.asked == asked)
    session.execute(delete(Wish).where(*same).execution_options(synchronize_session=False))
    digest = digest_of(token)
    session.add(Wish(digest=digest, email=email, asked=asked, lang=lang, frequency=frequency,
                     created_at=now))  # fmt: skip
    send(session, template=f"{LETTERS}confirm.jinja2", to=email, lang=lang, now=now,
         values={"token": token}, key=f"{ABOUT_WISH}{digest}")  # fmt: skip


def wish_of(session: Session, token: str, now: datetime) -> Wish:
    """Find what a link confirms; raises LinkDead."""
    wish = session.get(Wish, digest_of(token))
    if wish is None or wish.created_at + WISH_LIFE <= now:
        raise LinkDead
    return wish


def confirm(session: Session, token: str, now: datetime) -> Alert:
    """Begin the alert, with the consent of this moment; raises LinkDead, TooMany.

    Confirmed anew, an alert that there is takes the frequency and language over.
    """
    wish = wish_of(session, token, now)
    reader = _reader(session, wish.email)
    alert = next((each for each in reader.alerts if each.asked == wish.asked), None)
    if alert is None:
        alert = _begin(session, reader, wish, now)
    alert.frequency, alert.lang = wish.frequency, wish.lang
    _spend(session, wish)
    _forget_letters(session, Letter.key == f"{ABOUT_WISH}{wish.digest}")
    return alert


def _begin(session: Session, reader: Reader, wish: Wish, now: datetime) -> Alert:
    if len(reader.alerts) >= MOST:
        raise TooMany
    upto = session.scalar(select(func.max(SearchChange.seq))) or 0
    alert = Alert(
        key=new_key(), asked=wish.asked, lang=wish.lang, frequency=wish.frequency,
        confirmed_at=now, since_seq=upto, letters=0,
    )  # fmt: skip
    reader.alerts.append(alert)
    session.flush()
    return alert


def _spend(session: Session, wish: Wish) -> None:
    """Use a link up; of two who come at once, one is told that it is dead."""
    spent: Any = session.execute(
        delete(Wish).where(Wish.digest == wish.digest).execution_options(synchronize_session=False)
    )
    if spent.rowcount != 1:
        raise LinkDead
    session.expunge(wish)
    session.flush()


def _reader(session: Session, email: str) -> Reader:
    query = select(Reader).where(Reader.email == email)
    known = session.scalar(query)
    if known is not None:
        return known
    reader = Reader(email=email, key=new_key(), refusals=0)
    try:
        with session.begin_nested():
            session.add(reader)
    except IntegrityError:
        # Two links of one reader were followed at once: the other has just been committed.
        return session.scalars(query).one()
    return reader


def change(session: Session, alert: Alert, frequency: Frequency) -> None:
    """Let an alert write more or less often; what waits goes by the new rule."""
    alert.frequency = frequency
    first = session.scalar(select(func.min(Waiting.at)).where(Waiting.alert_id == alert.id))
    if first is not None:
        promise(session, alert, next_letter(alert, first))


def end(session: Session, alerts: Sequence[Alert]) -> None:
    """End alerts of one reader at once: nothing of them is kept, and what waits is not sent."""
    if not alerts:
        return
    reader = alerts[0].reader
    for alert in list(alerts):
        _forget_letters(session, Letter.key.startswith(f"{NEWS}{alert.key}:", autoescape=True))
        reader.alerts.remove(alert)
    session.flush()
    if not reader.alerts:
        session.delete(reader)
        session.flush()


def erase(session: Session, email: str) -> int:
    """Take everything away that alerts keep of an address; say how many alerts there were."""
    reader = session.scalar(select(Reader).where(Reader.email == email))
    count = len(reader.alerts) if reader is not None else 0
    if reader is not None:
        session.delete(reader)
    session.execute(
        delete(Wish).where(Wish.email == email).execution_options(synchronize_session=False)
    )
    session.flush()
    about = or_(Letter.key.startswith(ABOUT_WISH), Letter.key.startswith(NEWS))
    _forget_letters(session, about & (func.lower(Letter.to) == mailbox(email).lower()))
    return count


def _forget_letters(session: Session, which: Any) -> None:
    session.execute(delete(Letter).where(which).execution_options(synchronize_session=False))
