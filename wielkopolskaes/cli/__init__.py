"""The command line of the operator: ``wielkopolskaes <verb>``."""

from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code; wrong usage ends the process with code 2."""
    from wielkopolskaes.cli.arguments import make_parser

    args = make_parser().parse_args(argv)
    from wielkopolskaes.cli.running import run

    return run(args)
