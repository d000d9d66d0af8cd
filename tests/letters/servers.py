"""Mail servers that misbehave as told; none of them waits."""

import socket
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from wielkopolskaes.letters.mailers import open_mailer


class Manners:
    """What the server answers at each step; an empty answer is a yes."""

    def __init__(self):
        self.received = []
        self.to_recipient = ""
        self.to_data = ""
        self.hang_up_after_data = False
        self.rude_farewell = False

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.to_recipient:
            return self.to_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.to_data:
            return self.to_data
        self.received.append(message_from_bytes(envelope.content, policy=default))
        if self.hang_up_after_data:
            server.transport.abort()
        return "250 OK"

    async def handle_QUIT(self, server, session, envelope):  # noqa: N802
        return "451 not yet" if self.rude_farewell else "221 Bye"


class PlainController(Controller):
    def factory(self):
        return SMTP(self.handler, hostname="mail.test")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def mail_server(manners, port=None):
    """Run a server; gives the mailer that leads to it."""
    port = port or free_port()
    controller = PlainController(manners, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield open_mailer(f"smtp://127.0.0.1:{port}")
    finally:
        controller.stop()


@contextmanager
def silent_server():
    """Accepts connections and never says a word; gives its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]
