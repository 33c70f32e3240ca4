"""The commands about the data: check them, score them, explain and compare scores."""

from __future__ import annotations

import argparse
import re
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from scoring.cli.arguments import HOME, Commands, as_of, day, on_cluster, today, with_timings
from scoring.cli.keeping import captures_of
from scoring.model import Dataset
from scoring.stages import stage

if TYPE_CHECKING:
    from scoring.problems import Problem
    from scoring.render.view import View
    from scoring.source.dataset import Reading

KEPT = "build/read.sqlite"  # what was read of the data before
CODE = re.compile(r"[EW]\d{3}(?:-[a-z0-9-]*)?")


def check(args: argparse.Namespace) -> int:
    """Check the data files: every finding in one run, with where, what and how to mend it."""
    from scoring.problems import format_problems
    from scoring.rules import check_dataset
    from scoring.source.dataset import read_dataset

    with stage("read"):
        reading = read_dataset(args.data, only=args.paths, kept=HOME.root / KEPT)
    with stage("check"):
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
    with stage("score"):
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
    """Why an agency stands where it stands: what its score is made of, what would raise it, what could upset it. Or
    what an error code of `hiwar check` means, with examples."""
    from difflib import get_close_matches

    from scoring.problems import visible
    from scoring.render.explained import explained_json, explained_text
    from scoring.render.language import language
    from scoring.render.view import View
    from scoring.results import compute, newest_reading

    if CODE.fullmatch(args.agency):
        return _explain_code(args.agency, args.language)
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
    print(write(view, language(args.language or "en"), args.agency), end="")
    return 0


def _explain_code(asked: str, language: str | None) -> int:
    from scoring.contribute.codes import explained, matching

    code = matching(asked)
    if code is None:
        print(f"no error has the code {asked} · لا يوجد خطأ بالرمز {asked}", file=sys.stderr)
        return 2
    print("\n".join(explained(code, one) for one in ([language] if language else ("en", "ar"))), end="")
    return 0


def view_of(data: Path, dataset: Dataset, as_of: date) -> View:
    """Everything the site shows of a data set that was read from a folder, with its editions."""
    from scoring.render.view import View
    from scoring.results import compute, editions
    from scoring.source.frozen import frozen_datasets

    with stage("score"):
        results = compute(dataset, as_of)
    with stage("earlier editions"):
        return View(results, past=editions(results, frozen_datasets(data, dataset)))


def dataset_of(data: Path) -> Dataset | None:
    """The dataset, or None after its errors are printed."""
    from scoring.problems import format_problems
    from scoring.rules import check_dataset
    from scoring.source.dataset import read_dataset

    with stage("read"):
        reading = read_dataset(data, kept=HOME.root / KEPT)
    with stage("check"):
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
    explains.add_argument(
        "agency", metavar="AGENCY|CODE", help="an id, such as qa-ministry-of-labour, or an error code, such as E121"
    )
    explains.add_argument("--language", choices=["en", "ar"], help="default: en; of an error code, both")
    explains.add_argument("--format", choices=["text", "json"], default="text")
    compares = commands.add(compare)
    for name in ("a", "b"):
        compares.add_argument(
            name,
            metavar=name.upper(),
            help="[REV_OR_DIR][@DATE]: a data folder or a git revision, as of a day (default: its newest reading)",
        )
    compares.add_argument("--format", choices=["text", "json", "markdown"], default="text")
    for one in (checks, scores):
        with_timings(one)
    for one in (scores, explains):
        on_cluster(one)
        as_of(one)
