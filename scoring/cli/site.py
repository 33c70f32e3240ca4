"""The commands around the site: check the data, score them, explain and compare scores, build and serve."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from scoring.cli.arguments import HOME, Commands, day, on_cluster, today, with_timings
from scoring.cli.keeping import captures_of
from scoring.model import Dataset
from scoring.stages import stage

if TYPE_CHECKING:
    from scoring.problems import Problem
    from scoring.publish import Published
    from scoring.render.view import View
    from scoring.source.dataset import Reading

EXAMPLE = HOME.root / "examples" / "republic-of-sample"
CODE = re.compile(r"[EW]\d{3}(?:-[a-z0-9-]*)?")
HOST, PORT = "127.0.0.1", 8000
SHOWN = 20  # findings about a built site that are told


def check(args: argparse.Namespace) -> int:
    """Check the data files: every finding in one run, with where, what and how to mend it."""
    from scoring.problems import format_problems
    from scoring.rules import check_dataset
    from scoring.source.dataset import read_dataset

    with stage("read"):
        reading = read_dataset(args.data, only=args.paths)
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


def build(args: argparse.Namespace) -> int:
    """Check, score and build the site in every language; where nothing changed since, leave it as it stands."""
    from scoring.standing import remember, stands

    kept = HOME.root / "build" / "standing.json"
    with stage("what changed"):
        made_of = _made_of(args)
        if not args.afresh and stands(kept, args.to, made_of):
            print(f"nothing changed since it was built: {args.to}")
            return 0
    if code := _build(args):
        return code
    remember(kept, args.to, made_of)
    return 0


def _made_of(args: argparse.Namespace) -> str:
    """The fingerprint of what a build is made of, taken before it begins: what changes meanwhile is not missed."""
    from scoring.standing import fingerprint

    asked = {name: str(getattr(args, name)) for name in ("data", "as_of", "without_demo", "without_pictures")}
    return fingerprint(HOME, [args.data, EXAMPLE], asked)


def _build(args: argparse.Namespace) -> int:
    from scoring.checking import Unfit
    from scoring.publish import write_site
    from scoring.replacing import NotReplaced
    from scoring.results import newest_reading
    from scoring.shells import Shells

    dataset = dataset_of(args.data)
    if dataset is None:
        return 1
    as_of = args.as_of or newest_reading(dataset)
    shells = Shells(HOME, as_of)
    demo = dataset_of(EXAMPLE) if EXAMPLE.is_dir() and not (dataset.fictional or args.without_demo) else None
    beside = _published(EXAMPLE, demo, newest_reading(demo)) if demo else None
    pictures = None if args.without_pictures else HOME.root / "build" / "pictures"
    made = _published(args.data, dataset, as_of)
    try:
        count, warnings = write_site(made, shells, HOME, args.to, beside, pictures)
    except (Unfit, NotReplaced, OSError) as error:
        print(_unchanged(error, args.to), end="", file=sys.stderr)
        return 1
    print(_told(warnings), end="", file=sys.stderr)
    print(f"{count} generated pages, data as of {as_of}: {args.to}")
    return 0


def _unchanged(error: Exception, site: Path) -> str:
    """Why nothing was published, and that what stands still stands."""
    from scoring.checking import Unfit
    from scoring.problems import visible
    from scoring.replacing import NotReplaced

    if isinstance(error, Unfit):
        told = _told(error.problems)
    else:
        lines = error.args if isinstance(error, NotReplaced) else [error]
        told = "".join(f"{visible(line, 600)}\n" for line in lines)
    return f"{told}nothing was published; {site} is as it was\nلم يُنشر شيء، وبقي {site} كما كان\n"


def _told(problems: Sequence[Problem]) -> str:
    """The first findings about a built site, and how many more there are."""
    from scoring.problems import format_problems

    more = len(problems) - SHOWN
    return format_problems(problems[:SHOWN]) + (f"… {more:,} +\n" if more > 0 else "")


def _published(data: Path, dataset: Dataset, as_of: date) -> Published:
    from scoring.commits import history
    from scoring.publish import Published
    from scoring.source.frozen import published

    with stage("what commits changed"):
        changed = history(data, HOME.root / "build" / "changes")
    return Published(view_of(data, dataset, as_of), _in_repository(data), changed, published(data, dataset))


def view_of(data: Path, dataset: Dataset, as_of: date) -> View:
    """Everything the site shows of a data set that was read from a folder, with its editions."""
    from scoring.render.view import View
    from scoring.results import compute, editions
    from scoring.source.frozen import frozen_datasets

    with stage("score"):
        results = compute(dataset, as_of)
    with stage("earlier editions"):
        return View(results, past=editions(results, frozen_datasets(data, dataset)))


def _in_repository(data: Path) -> str:
    """A data folder as the repository names it; one from elsewhere is taken for data/."""
    path = data.resolve()
    return path.relative_to(HOME.root).as_posix() if path.is_relative_to(HOME.root) else "data"


def serve(args: argparse.Namespace) -> int:
    """Build, serve on this machine, and build again when a file is saved."""
    from scoring.serve import serve_site

    if build(args):
        return 1
    return serve_site(args.to, HOME.root, args.data, HOST, args.port, lambda: build(args))


def dataset_of(data: Path) -> Dataset | None:
    """The dataset, or None after its errors are printed."""
    from scoring.problems import format_problems
    from scoring.rules import check_dataset
    from scoring.source.dataset import read_dataset

    with stage("read"):
        reading = read_dataset(data)
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
    builds, serves = commands.add(build), commands.add(serve)
    for one in (checks, scores, builds):
        with_timings(one)
    for one in (scores, explains, builds, serves):
        on_cluster(one)
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
            default=HOME.root / "site",
            metavar="DIR",
            help="where the site goes (default: site/)",
        )
        one.add_argument("--without-demo", action="store_true", help="leave the fictional example out")
        one.add_argument("--afresh", action="store_true", help="build although nothing changed")
        one.add_argument("--without-pictures", action="store_true", help="leave PNG files out; they take a minute once")
    serves.add_argument("--port", type=int, default=PORT)
