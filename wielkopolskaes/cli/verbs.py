"""What every verb of the command line shares: its help and its exit codes."""

import argparse
from typing import TypeAlias

EXIT_CODES = """\
exit codes:
  0  all is well
  1  problems were found, or the work failed
  2  wrong usage
  3  the configuration is refused; every reason is named"""

# Each verb lives in the module of its name and is imported only when it is used.
Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def help_format(prog: str) -> argparse.HelpFormatter:
    return argparse.RawDescriptionHelpFormatter(prog, max_help_position=20, width=96)


def add_verb(verbs: Verbs, name: str, summary: str, description: str) -> argparse.ArgumentParser:
    return verbs.add_parser(
        name,
        help=summary,
        description=description,
        epilog=EXIT_CODES,
        formatter_class=help_format,
    )
