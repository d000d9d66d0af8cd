"""A program: one card as JSON in, a PDF out; within bounds that the kernel keeps.

It is started by its path, so that it loads the typesetter and nothing of the portal.
"""

import json
import os
import resource
import signal
import sys
from pathlib import Path

import typst

HERE = Path(__file__).parent
MB = 1024 * 1024
MEMORY = 2048 * MB
CPU_SECONDS = 15
WALL_SECONDS = 20
# It is set before anything is given up: with it all fonts are read, and all threads started.
_FIRST = {
    "lang": "pl", "title": "ż", "author": "", "date": [2026, 1, 1], "portal": "ż", "mark": "",
    "home": "", "address": "", "page": "", "blocks": [
        {"kind": "heading", "level": 1, "runs": [{"text": "ż", "emphasis": True}]},
        {"kind": "paragraph", "runs": [{"text": "ż"}, {"text": "ż", "strong": True}]},
        {"kind": "paragraph", "runs": [{"text": "ż", "emphasis": True}]},
    ],
}  # fmt: skip


def main() -> None:
    """Make the PDF; an exception ends it when the PDF would not be accessible (PDF/UA-1)."""
    fonts = [str(HERE / "fonts")]
    compiler = typst.Compiler(root=str(HERE), font_paths=fonts, ignore_system_fonts=True)
    template = (HERE / "card.typ").read_bytes()
    typeset(compiler, template, json.dumps(_FIRST))
    card = sys.stdin.buffer.read().decode()
    bound()
    sys.stdout.buffer.write(typeset(compiler, template, card))


def typeset(compiler: typst.Compiler, template: bytes, card: str) -> bytes:
    pdf = compiler.compile(
        template, format="pdf", pdf_standards=["ua-1"], sys_inputs={"card": card}
    )
    assert isinstance(pdf, bytes)
    return pdf


def bound() -> None:
    """Give up what typesetting has no need of: without a descriptor no file, no network."""
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    signal.alarm(WALL_SECONDS)
    # Readers of pages go first.
    os.nice(10)


if __name__ == "__main__":
    main()
