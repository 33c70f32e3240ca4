"""What every command shares: how it is added, how a day is read, and the clock."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from scoring.cli.usage import unfit
from scoring.source.settings import read_home

Run = Callable[[argparse.Namespace], int]
HOME, WRONG = read_home(Path.cwd())  # the benchmark that the commands are about, and what is wrong with its settings
DATA = HOME.data


class Commands:
    """The commands of one parser; each is a function whose name and docstring are its name and help."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self._all = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(self, run: Run, name: str = "", data: bool = True) -> argparse.ArgumentParser:
        """A command that `run` does and gives the exit code of; most take a data folder."""
        text = run.__doc__ or ""
        one = self._all.add_parser(name or run.__name__, help=text, description=text)
        if data:
            one.add_argument("--data", type=Path, default=DATA, metavar="DIR", help="data folder (default: data/)")
        one.set_defaults(run=run, wrong=one.error)
        return one


def on_cluster(command: argparse.ArgumentParser) -> None:
    """A command whose heavy work can be handed to a cluster."""
    command.add_argument(
        "--dask",
        metavar="ADDRESS",
        help="let a Dask cluster do the heavy work, such as tcp://10.0.0.5:8786; the result is the same to the byte",
    )


def with_timings(command: argparse.ArgumentParser) -> None:
    """A command that tells on request how long its stages take."""
    command.add_argument("--timings", action="store_true", help="tell at the end how long each stage took")


def as_of(command: argparse.ArgumentParser) -> None:
    """A command that shows the data as they stood on some day."""
    command.add_argument(
        "--as-of",
        type=day,
        metavar="DATE",
        help="score the data as they stood on this day (default: their newest reading)",
    )


def day(text: str) -> date:
    """A day given on the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise unfit(
            f"must be a day like 2026-11-22, found {text!r}", f"يجب أن يكون يوماً مثل 2026-11-22، والموجود {text!r}"
        ) from None


def today() -> date:
    """The clock is read here and nowhere else."""
    return datetime.now(UTC).date()
