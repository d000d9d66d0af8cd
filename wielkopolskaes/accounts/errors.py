"""What can keep a verb of this subject from doing what it is asked."""


class AccountError(Exception):
    """The base of all of them."""


class AlreadyKnown(AccountError):
    """Somebody else has this e-mail address."""


class BadEmail(AccountError):
    """What was given is no e-mail address."""


class LinkDead(AccountError):
    """The link has been used, is too old, or never was one of ours."""


class WeakPassword(AccountError):
    """The password is `short`, `long` or `guessable`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class WrongCode(AccountError):
    """The code is not the one, or has been used."""


class LastAdministrator(AccountError):
    """Nobody would be left who can administer the portal."""


class NobodyTakesOver(AccountError):
    """The person has items in their care, and nobody fit was named who takes them over."""


class NotGrantable(AccountError):
    """The role cannot be given there, or has been given already."""
