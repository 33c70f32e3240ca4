"""The commands that make the site: build it, whole or in parts, join the parts, and serve it."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from scoring.cli.arguments import HOME, Commands, as_of, on_cluster, with_timings
from scoring.cli.site import dataset_of, view_of
from scoring.cli.usage import unfit
from scoring.editions import EDITIONS, EditionError
from scoring.model import Dataset
from scoring.shards import WHOLE, Shard
from scoring.stages import stage

if TYPE_CHECKING:
    from scoring.problems import Problem
    from scoring.publish import Published
    from scoring.unchanged import Standing

EXAMPLE = HOME.root / "examples" / "republic-of-sample"
STANDING = HOME.root / "build" / "standing.json"  # what sites were made of
HOST, PORT = "127.0.0.1", 8000
SHOWN = 20  # findings about a built site that are told


def build(args: argparse.Namespace) -> int:
    """Check, score and build the site in every language; where nothing changed since, leave it as it stands."""
    from scoring.unchanged import remember, seen, standing, survey

    with stage("what changed"):
        before, told, listed = survey(HOME, [args.data, EXAMPLE], _options(args), args.to)
        if not args.afresh and standing(STANDING, args.to, told, listed):
            print(f"nothing changed since it was built: {args.to}")
            return 0
    made_of = {args.to: told}
    if code := _build(args, made_of):
        return code
    if seen(HOME, [args.data, EXAMPLE]) == before:  # nothing was changed meanwhile, not even to and fro
        remember(STANDING, {folder: told for folder, told in made_of.items() if folder.is_dir()})
    return 0


def _options(args: argparse.Namespace) -> dict[str, str]:
    """What was asked that makes another site."""
    return {name: str(getattr(args, name)) for name in ("data", "as_of", "without_demo", "without_pictures", "shard")}


def _build(args: argparse.Namespace, made_of: dict[Path, str]) -> int:
    from scoring.ahead import Ahead, ahead_of
    from scoring.checking import Unfit
    from scoring.publish import DEMO, write_site
    from scoring.replacing import NotReplaced
    from scoring.results import newest_reading
    from scoring.shells import Shells

    editions = _standing(args, EDITIONS, made_of, args.data / EDITIONS)
    dataset = dataset_of(args.data)
    if dataset is None:
        return 1
    as_of = args.as_of or newest_reading(dataset)
    shells = Shells(HOME, as_of)
    pictures = None if args.without_pictures else HOME.root / "build" / "pictures"
    try:
        demo = None
        if not dataset.fictional and not args.without_demo and EXAMPLE.is_dir():
            demo = _standing(args, DEMO, made_of, EXAMPLE, as_of=str(as_of)) or _example()  # MkDocs is told the day
        ahead = Ahead.of(ahead_of(args.to), args.ahead, args.data, dataset) if args.ahead else None
        made = replace(_published(args.data, dataset, as_of, editions), ahead=ahead)
        count, warnings = write_site(made, shells, HOME, args.to, demo, pictures, args.shard)
    except (Unfit, NotReplaced, EditionError, OSError) as error:
        print(_unchanged(error, args.to), end="", file=sys.stderr)
        return 1
    print(_told(warnings), end="", file=sys.stderr)
    print(f"{count} generated pages, data as of {as_of}: {args.to}")
    return 0


def _standing(
    args: argparse.Namespace, name: str, made_of: dict[Path, str], data: Path, **asked: str
) -> Standing | None:
    """A part of the site that most edits leave alone, where it stands as it would be made of `data`; notes what it is
    made of. Of a site built in parts nothing stands."""
    from scoring.unchanged import fingerprint, standing

    if not args.shard.whole:
        return None
    folder = args.to / name
    made_of[folder] = fingerprint(HOME, [data], asked)
    return None if args.afresh else standing(STANDING, folder, made_of[folder])


def _example() -> Published | None:
    """The demonstration; None where its data have errors."""
    from scoring.results import newest_reading

    dataset = dataset_of(EXAMPLE)
    return _published(EXAMPLE, dataset, newest_reading(dataset)) if dataset else None


def join(args: argparse.Namespace) -> int:
    """Join the parts of a site that were built with `--shard`, and publish them as one build would have."""
    from scoring.checking import Unfit
    from scoring.replacing import NotReplaced
    from scoring.shards import join as joined

    try:
        warnings = joined(args.parts, args.to, HOME)
    except (Unfit, NotReplaced, OSError) as error:
        print(_unchanged(error, args.to), end="", file=sys.stderr)
        return 1
    print(_told(warnings), end="", file=sys.stderr)
    print(f"{len(args.parts)} parts: {args.to}")
    return 0


def _shard(text: str) -> Shard:
    try:
        return Shard.named(text)
    except ValueError:
        raise unfit(
            f"must be a part and how many there are, like 2/5, found {text!r}",
            f"يجب أن يكون رقم جزء وعدد الأجزاء، مثل 2/5، والموجود {text!r}",
        ) from None


def _unchanged(error: Exception, site: Path) -> str:
    """Why nothing was published, and that what stands still stands."""
    from scoring.checking import Unfit
    from scoring.problems import visible
    from scoring.replacing import NotReplaced

    if isinstance(error, Unfit):
        told = _told(error.problems)
    else:
        lines = error.args if isinstance(error, (NotReplaced, EditionError)) else [error]
        told = "".join(f"{visible(line, 600)}\n" for line in lines)
    return f"{told}nothing was published; {site} is as it was\nلم يُنشر شيء، وبقي {site} كما كان\n"


def _told(problems: Sequence[Problem]) -> str:
    """The first findings about a built site, and how many more there are."""
    from scoring.problems import format_problems

    more = len(problems) - SHOWN
    return format_problems(problems[:SHOWN]) + (f"… {more:,} +\n" if more > 0 else "")


def _published(data: Path, dataset: Dataset, as_of: date, editions: Standing | None = None) -> Published:
    """A data set to publish; `editions` is where its frozen ones stand already."""
    from scoring.commits import history
    from scoring.publish import Frozen, Published
    from scoring.source.frozen import published, sealed

    with stage("what commits changed"):
        changed = history(data, HOME.root / "build" / "changes")
    frozen = Frozen(sealed(data, dataset), editions or published(data, dataset))
    return Published(view_of(data, dataset, as_of), _in_repository(data), changed, frozen)


def _in_repository(data: Path) -> str:
    """A data folder as the repository names it; one from elsewhere is taken for data/."""
    path = data.resolve()
    return path.relative_to(HOME.root).as_posix() if path.is_relative_to(HOME.root) else "data"


def serve(args: argparse.Namespace) -> int:
    """Build, serve on this machine, and build again when a file is saved."""
    from scoring.serve import serve_site, watched

    building = [sys.executable, "-m", "scoring", "build", *_asked(args)]

    def begin(saved: list[Path]) -> Building:
        return Building([*building, *(option for file in saved for option in ("--ahead", str(file)))])

    watch = watched(HOME.root, args.data, args.to, begin)  # before the first build: files may be saved meanwhile
    return subprocess.run(building).returncode or serve_site(args.to, watch, HOST, args.port)


class Building:
    """A build in a process of its own, so that several may work at it, which a server's threads do not allow, and so
    that a changed template or program counts."""

    def __init__(self, command: list[str]) -> None:
        self._job = subprocess.Popen(command, process_group=0)

    def ended(self) -> bool:
        return self._job.poll() is not None

    def stop(self) -> None:
        with suppress(ProcessLookupError, PermissionError):  # macOS refuses for what has just ended
            os.killpg(self._job.pid, signal.SIGKILL)  # with all that work for it
        self._job.wait()


def _asked(args: argparse.Namespace) -> Iterator[str]:
    """The options of this command that a build has too."""
    for name in ("data", "to", "as_of", "dask"):
        if (value := getattr(args, name)) is not None:
            yield from (f"--{name.replace('_', '-')}", str(value))
    flags = ("without_demo", "afresh", "without_pictures")
    yield from (f"--{name.replace('_', '-')}" for name in flags if getattr(args, name))


def register(commands: Commands) -> None:
    """Add these commands to the parser."""
    builds, serves, joins = commands.add(build), commands.add(serve), commands.add(join, data=False)
    joins.add_argument("parts", nargs="+", type=Path, metavar="PART", help="a folder built with --shard")
    with_timings(builds)
    for one in (builds, serves):
        on_cluster(one)
        as_of(one)
    builds.add_argument(
        "--shard",
        type=_shard,
        default=WHOLE,
        metavar="I/N",
        help="build part I of N only, to be joined with the others by `hiwar join`",
    )
    builds.add_argument(
        "--ahead",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="a data file just saved: make its agency's pages first, beside the site, where `hiwar serve` finds them",
    )
    for one in (builds, serves, joins):
        one.add_argument(
            "--to",
            type=Path,
            default=HOME.root / "site",
            metavar="DIR",
            help="where the site goes (default: site/)",
        )
    for one in (builds, serves):
        one.add_argument("--without-demo", action="store_true", help="leave the fictional example out")
        one.add_argument("--afresh", action="store_true", help="build although nothing changed")
        one.add_argument("--without-pictures", action="store_true", help="leave PNG files out; they take a minute once")
    serves.add_argument("--port", type=int, default=PORT)
