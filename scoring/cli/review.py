"""The command for who reviews a change: what it does, and what of it to look at."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from scoring.cli.arguments import Commands, today

if TYPE_CHECKING:
    from scoring.review.report import Review


def diff(args: argparse.Namespace) -> int:
    """Say what a change does, from the commit where it left BASE to the data as they are: scores, ranks and intervals,
    the evidence behind them, and what a reviewer should look at. Exit codes: 0 nothing to look at, 1 something is, or
    the changed data have errors, 2 no such state, or a BASE that cannot be read."""
    from scoring.review.gather import gather
    from scoring.review.report import as_json
    from scoring.states import StateError

    try:
        review = gather(args.base, args.head, args.data, today())
    except StateError as error:
        print(error, file=sys.stderr)
        return 2
    print(as_json(review) if args.format == "json" else _written(review, args), end="")
    return 1 if review.calls else 0


def _written(review: Review, args: argparse.Namespace) -> str:
    from scoring.review.markdown import markdown
    from scoring.review.text import text

    languages = ("en", "ar") if args.language == "both" else (args.language,)
    return (markdown if args.format == "markdown" else text)(review, languages)


def register(commands: Commands) -> None:
    """Add these commands to the parser."""
    diffs = commands.add(diff)
    diffs.add_argument("base", metavar="BASE", help="a git revision or data folder to compare with, such as main")
    diffs.add_argument(
        "--head", default="", metavar="STATE", help="the changed state: a revision or folder (default: the data folder)"
    )
    diffs.add_argument("--format", choices=["text", "json", "markdown"], default="text")
    diffs.add_argument("--language", choices=["en", "ar", "both"], default="both", help="of text and Markdown")
