"""The command line: `hiwar COMMAND`. Each module here registers the commands of one subject.

Exit codes: 0 fine, 1 findings, 2 usage.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from scoring.cli import coding, contribute, editions, imports, keeping, review, site, start
from scoring.cli.arguments import HOME, WRONG, Commands, Run
from scoring.problems import format_problems
from scoring.render.language import speak

SUBJECTS = (site, contribute, review, editions, imports, coding, keeping, start)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hiwar", description=__doc__)
    commands = Commands(parser)
    for subject in SUBJECTS:
        subject.register(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives its exit code."""
    args = _parser().parse_args(arguments)
    print(format_problems(WRONG), end="", file=sys.stderr)
    if any(problem.severity == "error" for problem in WRONG):
        return 1
    speak(HOME.texts())
    run: Run = args.run
    return run(args)
