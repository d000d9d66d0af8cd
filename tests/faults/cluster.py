"""A PostgreSQL server of one's own, to be stopped in the middle of everything."""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)


def why_not():
    """Say why there can be no server; an empty string when there can."""
    if PROGRAMS is None:
        return "no programs of a PostgreSQL server in /usr/lib/postgresql"
    if os.geteuid() == 0 and not shutil.which("runuser"):
        return "PostgreSQL refuses to run as root, and there is no runuser"
    return ""


class Cluster:
    """One server with its data, reached by a socket in its folder."""

    def __init__(self, folder):
        self.folder = folder
        self._run("initdb", "-D", folder / "data", "-A", "trust", "-U", "postgres",
                  "-E", "UTF8", "--locale=C.UTF-8")  # fmt: skip
        self.url = f"postgresql+psycopg://postgres@/postgres?host={folder}"

    def start(self):
        """Return when it takes connections."""
        options = f"-c listen_addresses= -c unix_socket_directories={self.folder}"
        self._ctl("start", "-w", "-l", self.folder / "log", "-o", options)

    def stop(self):
        """Stop at once, as a crash does: nobody is asked to finish."""
        self._ctl("stop", "-m", "immediate")

    def is_running(self):
        return (self.folder / "data" / "postmaster.pid").exists()

    def _ctl(self, *words):
        self._run("pg_ctl", "-D", self.folder / "data", *words)

    def _run(self, program, *words):
        as_whom = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        # Not a pipe: the server would hold it open for as long as it lives.
        subprocess.run(
            [*as_whom, PROGRAMS / program, *words], check=True, cwd=self.folder,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip


@contextmanager
def own_cluster():
    """Give a running server; afterwards it and its data are gone."""
    # A short path that the user "postgres" may enter: the name of a socket has a limit.
    folder = Path(tempfile.mkdtemp(prefix="faults"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    try:
        cluster = Cluster(folder)
        cluster.start()
        try:
            yield cluster
        finally:
            if cluster.is_running():
                cluster.stop()
    finally:
        shutil.rmtree(folder)
