"""Target 7: what it takes to be ready, and to stay."""

import json
import subprocess
import sys
from statistics import median

from benchmarks.server import ROOT

# What a server does before it listens, told in CPU seconds of the whole process.
_BARE = "from benchmarks.serve import bare; bare()"
_PORTAL = "import json, sys; from benchmarks.serve import portal; portal(json.loads(sys.argv[1]))"
_TELL = "; import resource as r; u = r.getrusage(r.RUSAGE_SELF); print(u.ru_utime + u.ru_stime)"


def cold_starts(settings: dict[str, str], times: int) -> tuple[float, float]:
    """CPU seconds from nothing to an application: the bare one, the portal; medians in turns."""
    bare, portal = [], []
    for _ in range(times):
        bare.append(_start(_BARE))
        portal.append(_start(_PORTAL, json.dumps(settings)))
    return median(bare), median(portal)


def _start(code: str, *arguments: str) -> float:
    done = subprocess.run(
        [sys.executable, "-c", code + _TELL, *arguments],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return float(done.stdout.split()[-1])
