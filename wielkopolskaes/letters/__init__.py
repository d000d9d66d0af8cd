"""Outgoing mail: written in the transaction, sent after it, kept to be read.

A verb calls `services.send`; the words come from a template in the sender's own package.
"""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Open the way to the mail server; needs the part `jobs` before it."""
    from wielkopolskaes.db import carry
    from wielkopolskaes.letters.delivery import deliver
    from wielkopolskaes.letters.mailers import open_mailer
    from wielkopolskaes.letters.queries import KIND
    from wielkopolskaes.letters.rendering import Press
    from wielkopolskaes.letters.services import PRESS

    registry = config.registry
    registry.mailer = open_mailer(registry.portal.mail_url)
    carry(registry.dbsession_factory, {PRESS: Press(registry)})
    config.add_job(KIND, deliver, urgent=True)
    config.include("wielkopolskaes.letters.views")
    if not registry.portal.production:
        config.include("wielkopolskaes.letters.mailbox")
