"""From a letter to what travels: head, plain text, HTML."""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from wielkopolskaes.letters.models import Letter


def compose(letter: Letter, sender: str) -> EmailMessage:
    """Make the message, the same at every attempt; a line break in its head is a ValueError."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.created_at)
    message["Message-ID"] = letter.message_id
    # No holiday notice shall answer a letter that nobody wrote by hand (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(letter.text, cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = letter.lang
    return message
