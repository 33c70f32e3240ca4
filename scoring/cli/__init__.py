"""The command line: `hiwar COMMAND`. Each module here registers the commands of one subject.

Exit codes: 0 fine, 1 findings, 2 usage.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from scoring.cli import coding, contribute, editions, imports, keeping, publishing, review, site, start
from scoring.cli.arguments import HOME, WRONG, Commands, Run
from scoring.cli.usage import Parser
from scoring.problems import format_problems
from scoring.render.language import speak

SUBJECTS = (site, publishing, contribute, review, editions, imports, coding, keeping, start)


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="hiwar", description=__doc__)
    commands = Commands(parser)
    for subject in SUBJECTS:
        subject.register(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives its exit code."""
    args, unknown = _parser().parse_known_args(arguments)
    if unknown:
        args.wrong(f"unrecognized arguments: {' '.join(unknown)}")  # with this command's own help
    print(format_problems(WRONG), end="", file=sys.stderr)
    if any(problem.severity == "error" for problem in WRONG):
        return 1
    speak(HOME.texts())
    return _run_on_cluster(args) if getattr(args, "dask", None) else _run(args)


def _run(args: argparse.Namespace) -> int:
    from scoring.stages import listening

    run: Run = args.run
    with listening(sys.stderr, getattr(args, "timings", False)):
        return run(args)


def _run_on_cluster(args: argparse.Namespace) -> int:
    """Run a command whose pieces of work go to a cluster; 2 where it cannot be used."""
    from scoring.cluster import ClusterError, connected
    from scoring.pieces import sending
    from scoring.problems import visible

    try:
        with connected(args.dask) as elsewhere, sending(elsewhere):
            return _run(args)
    except ClusterError as error:
        print(*(visible(line, 2000) for line in str(error).splitlines()), sep="\n", file=sys.stderr)
        return 2
