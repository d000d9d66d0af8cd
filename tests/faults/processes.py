"""Processes of the portal that can be killed: servers and workers."""

import os
import random
import socket
import subprocess
import sys
from threading import Lock

from tests.test_server import wait_for
from wielkopolskaes.settings import ROOT


def free_port():
    """Find a port that the system does not give to anybody while its server is down."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port


class Processes:
    """Starts processes for the portal of a `Desk`, with the settings of production.ini."""

    def __init__(self, desk, url, **settings):
        portal = desk.registry.portal
        told = {
            "production": "false", "database_url": url, "var": portal.var, "secret": portal.secret,
            "base_url": portal.base_url, "hosts": "127.0.0.1", "worker_in_process": "true",
            "mail_url": portal.mail_url, "mail_from": portal.mail_from, **settings,
        }  # fmt: skip
        env = os.environ | {f"WIELKOPOLSKAES_{k.upper()}": str(v) for k, v in told.items()}
        command = [sys.executable, "-m", "tests.faults.nursery", str(ROOT / "production.ini")]
        self._log = (portal.var.parent / f"{portal.var.name}.log").open("a")
        self._nursery = subprocess.Popen(
            command, cwd=ROOT, env=env, text=True, stderr=self._log,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self._lock = Lock()

    def order(self, *words):
        with self._lock:
            self._nursery.stdin.write(" ".join(map(str, words)) + "\n")
            self._nursery.stdin.flush()
            return int(self._nursery.stdout.readline())

    def close(self):
        self._nursery.stdin.close()
        self._nursery.stdout.close()
        self._nursery.wait(30)
        self._log.close()


class Server:
    """One process that serves on a port of its own, and can be killed and started again."""

    def __init__(self, processes):
        self._processes = processes
        self.port = free_port()
        self.pid = None

    def start(self):
        self.pid = self._processes.order("serve", self.port)
        wait_for(self.port)

    def kill(self):
        self._processes.order("kill", self.pid)
        self.pid = None
