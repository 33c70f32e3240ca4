"""The command line: `hiwar COMMAND`. Each module here registers the commands of one subject.

Exit codes: 0 fine, 1 findings, 2 usage.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from scoring.cli import coding, imports, keeping, site
from scoring.cli.arguments import Commands, Run

SUBJECTS = (site, imports, coding, keeping)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hiwar", description=__doc__)
    commands = Commands(parser)
    for subject in SUBJECTS:
        subject.register(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives its exit code."""
    args = _parser().parse_args(arguments)
    run: Run = args.run
    return run(args)
