"""What can keep a verb of this subject from doing what it is asked."""


class AccountError(Exception):
    """The base of all of them."""


class AlreadyKnown(AccountError):
    """Somebody else has this e-mail address."""


class LinkDead(AccountError):
    """The link has been used, is too old, or never was one of ours."""


class WrongCode(AccountError):
    """The code is not the one, or has been used."""


class LastAdministrator(AccountError):
    """Nobody would be left who can administer the portal."""


class NobodyTakesOver(AccountError):
    """The person has items in their care, and nobody was named who takes them over."""


class NotGrantable(AccountError):
    """No such role can be given there."""
