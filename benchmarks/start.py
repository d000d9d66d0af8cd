"""Target 7: what it takes to be ready, and to stay."""

import json
import os
import subprocess
import sys
import tempfile
from statistics import median

from benchmarks.server import ROOT

# What a server does before it listens, told in CPU seconds of the whole process.
_BARE = "from benchmarks.serve import bare; bare()"
_PORTAL = "import json, sys; from benchmarks.serve import portal; portal(json.loads(sys.argv[1]))"
_TELL = "; import resource as r; u = r.getrusage(r.RUSAGE_SELF); print(u.ru_utime + u.ru_stime)"


def cold_starts(settings: dict[str, str], times: int) -> tuple[float, float]:
    """CPU seconds from nothing to an application: the bare one, the portal; medians in turns.

    The code is compiled, as it is wherever it is installed: the first start of each does that,
    whatever the environment says, and is not counted.
    """
    bare, portal = [], []
    with tempfile.TemporaryDirectory(prefix="portal-compiled-") as compiled:
        for _ in range(times + 1):
            bare.append(_start(compiled, _BARE))
            portal.append(_start(compiled, _PORTAL, json.dumps(settings)))
    return median(bare[1:]), median(portal[1:])


def _start(compiled: str, code: str, *arguments: str) -> float:
    environment = os.environ | {"PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": ""}
    done = subprocess.run(
        [sys.executable, "-c", code + _TELL, *arguments],
        cwd=ROOT, env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return float(done.stdout.split()[-1])
