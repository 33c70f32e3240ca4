"""The commands around the site: check the data, score them, explain and compare scores, build and serve."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from scoring.cli.arguments import Commands, day, today
from scoring.cli.keeping import captures_of
from scoring.model import Dataset

ROOT = Path(__file__).resolve().parents[2]
if TYPE_CHECKING:
    from scoring.problems import Problem
    from scoring.render.view import View
    from scoring.source.dataset import Reading

EXAMPLE = ROOT / "examples" / "republic-of-sample"
HOST, PORT = "127.0.0.1", 8000


def check(args: argparse.Namespace) -> int:
    """Check the data files: every finding in one run, with where, what and how to mend it."""
    from scoring.problems import format_problems
    from scoring.rules import check_dataset
    from scoring.source.dataset import read_dataset

    reading = read_dataset(args.data, only=args.paths)
    problems = check_dataset(reading, today=args.today or today())
    if args.evidence:
        problems = (*problems, *_captures(reading, captures_of(args)))
    print(format_problems(problems, args.format), end="")
    return 1 if any(p.severity == "error" for p in problems) else 0


def _captures(reading: Reading, folder: Path) -> list[Problem]:
    """Captures that differ from their checksum; how many agree is told on the side."""
    from scoring.keeping import captures_agree

    problems, agree, absent = captures_agree(reading, folder)
    print(f"captures: {agree} agree, {len(problems)} differ, {absent} are not in {folder}", file=sys.stderr)
    return [problem for problem in problems if reading.concerns(problem)]


def score(args: argparse.Namespace) -> int:
    """Score the data as of a day and print the result."""
    from scoring.render.tables import scores_csv, scores_json, scores_text
    from scoring.render.view import View
    from scoring.results import compute, newest_reading

    dataset = dataset_of(args.data)
    if dataset is None:
        return 1
    view = View(compute(dataset, args.as_of or newest_reading(dataset)))
    print({"table": scores_text, "json": scores_json, "csv": scores_csv}[args.format](view), end="")
    return 0


def compare(args: argparse.Namespace) -> int:
    """Say what changed between two states of the data, and why. Exit codes: 0 no agency changed, 1 some did, 2 no such
    state, or none that can be read."""
    from scoring.method.compare import compare as compared
    from scoring.render.compared import compared_json, compared_markdown, compared_text
    from scoring.states import StateError, read_state

    try:
        a, b = (read_state(state, args.data, today()) for state in (args.a, args.b))
    except StateError as error:
        print(error, file=sys.stderr)
        return 2
    found = compared(a.snapshot, b.snapshot)
    write = {"text": compared_text, "json": compared_json, "markdown": compared_markdown}[args.format]
    print(write(found, a, b), end="")
    return 1 if found.moved else 0


def explain(args: argparse.Namespace) -> int:
    """Why an agency stands where it stands: what its score is made of, what would raise it, what could upset it."""
    from difflib import get_close_matches

    from scoring.problems import visible
    from scoring.render.explained import explained_json, explained_text
    from scoring.render.language import language
    from scoring.render.view import View
    from scoring.results import compute, newest_reading

    dataset = dataset_of(args.data)
    if dataset is None:
        return 1
    if args.agency not in dataset.agencies:
        near = get_close_matches(args.agency, list(dataset.agencies), 3, cutoff=0.4)
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        print(f"no agency has the id {visible(args.agency)!r}{hint}", file=sys.stderr)
        return 2
    view = View(compute(dataset, args.as_of or newest_reading(dataset)), only=[args.agency])
    write = {"text": explained_text, "json": explained_json}[args.format]
    print(write(view, language(args.language), args.agency), end="")
    return 0


def build(args: argparse.Namespace) -> int:
    """Check, score and build the site in both languages."""
    from scoring.publish import Shells, write_site
    from scoring.results import newest_reading

    dataset = dataset_of(args.data)
    if dataset is None:
        return 1
    as_of = args.as_of or newest_reading(dataset)
    shells = Shells(ROOT, as_of)
    demo = None if dataset.fictional or args.without_demo else dataset_of(EXAMPLE)
    beside = (_view(demo, newest_reading(demo)), _in_repository(EXAMPLE)) if demo else None
    count = write_site(_view(dataset, as_of), shells, ROOT, args.to, _in_repository(args.data), beside)
    print(f"{count} generated pages, data as of {as_of}: {args.to}")
    return 0


def _view(dataset: Dataset, as_of: date) -> View:
    """Everything the site shows of a data set, with its editions."""
    from scoring.render.view import View
    from scoring.results import compute, editions

    results = compute(dataset, as_of)
    return View(results, past=editions(results))


def _in_repository(data: Path) -> str:
    """A data folder as the repository names it; one from elsewhere is taken for data/."""
    path = data.resolve()
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else "data"


def serve(args: argparse.Namespace) -> int:
    """Build, serve on this machine, and build again when a file is saved."""
    from scoring.serve import serve_site

    if build(args):
        return 1
    return serve_site(args.to, ROOT, args.data, HOST, args.port, lambda: build(args))


def dataset_of(data: Path) -> Dataset | None:
    """The dataset, or None after its errors are printed."""
    from scoring.problems import format_problems
    from scoring.rules import check_dataset
    from scoring.source.dataset import read_dataset

    reading = read_dataset(data)
    errors = [p for p in check_dataset(reading, today=today()) if p.severity == "error"]
    if errors:
        print(format_problems(errors, "text"), end="", file=sys.stderr)
        return None
    return reading.dataset


def register(commands: Commands) -> None:
    """Add these commands to the parser."""
    checks = commands.add(check)
    checks.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="show only findings in these files or folders"
    )
    checks.add_argument("--evidence", action="store_true", help="compare captures with their checksums too")
    checks.add_argument("--captures", type=Path, metavar="DIR", help="where captures are kept (default: beside data/)")
    checks.add_argument("--format", choices=["text", "json", "github"], default="text")
    checks.add_argument(
        "--today", type=day, metavar="DATE", help="the day that future dates are told by (default: today)"
    )
    scores = commands.add(score)
    scores.add_argument("--format", choices=["table", "json", "csv"], default="table")
    explains = commands.add(explain)
    explains.add_argument("agency", metavar="AGENCY", help="its id, such as qa-ministry-of-labour")
    explains.add_argument("--language", choices=["en", "ar"], default="en")
    explains.add_argument("--format", choices=["text", "json"], default="text")
    compares = commands.add(compare)
    for name in ("a", "b"):
        compares.add_argument(
            name,
            metavar=name.upper(),
            help="[REV_OR_DIR][@DATE]: a data folder or a git revision, as of a day (default: its newest reading)",
        )
    compares.add_argument("--format", choices=["text", "json", "markdown"], default="text")
    builds, serves = commands.add(build), commands.add(serve)
    for one in (scores, explains, builds, serves):
        one.add_argument(
            "--as-of",
            type=day,
            metavar="DATE",
            help="score the data as they stood on this day (default: their newest reading)",
        )
    for one in (builds, serves):
        one.add_argument(
            "--to",
            type=Path,
            default=ROOT / "site",
            metavar="DIR",
            help="where the site goes (default: site/)",
        )
        one.add_argument("--without-demo", action="store_true", help="leave the fictional example out")
    serves.add_argument("--port", type=int, default=PORT)
