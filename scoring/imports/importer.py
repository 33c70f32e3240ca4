"""Files in, a folder with the table, what was refused, and the account out."""

from __future__ import annotations

import csv
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import ijson
import numpy as np

from scoring.imports import exports
from scoring.imports.shape import BROKEN, SHAPES, Shape
from scoring.imports.table import Account, Table, Wanted
from scoring.instruments.times import median_time
from scoring.sheets import SheetError, digest, write_csv

Watch = Callable[[str], Callable[[float], None]]  # a file's name → told how far it is read, in percent
EXPORTED = ("tweets.js", "tweets-part", "profile_posts", "your_posts", "posts_", "outbox.json")  # names inside archives
IMPLAUSIBLE = 200  # a member that unpacks to so many times its size is no export
LEVEL = 0.95


def import_files(
    kind: str, files: Sequence[Path], target: Path, wanted: Wanted, platform: str = "auto", watch: Watch | None = None
) -> Account:
    """Import files of one kind into `target`: the same files give the same bytes, whatever was there. What stood there
    is replaced only when all is done. Raises SheetError where a file cannot be used at all."""
    shape, watching = SHAPES[kind], watch or (lambda name: lambda share: None)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".importing-") as made:
        scratch, new = Path(made), Path(made) / "new"
        new.mkdir()
        with Table(shape, scratch, wanted) as table:
            for file in sorted(files, key=lambda f: (f.name, str(f))):
                _add(table, file, platform, scratch, watching)
            account = table.account()
            table.write(new / f"{kind}.csv")
            _write_rejected(new, table, shape)
            if kind == "requests":
                _write_channels(new, table)
        _write_account(new, files, account, shape)
        target.mkdir(exist_ok=True)
        for path in sorted(new.iterdir()):
            path.replace(target / path.name)
    return account


def _add(table: Table, file: Path, platform: str, scratch: Path, watch: Watch) -> None:
    if not file.is_file():
        raise SheetError(f"{file} is no file", f"{file} ليس ملفاً")
    if table.shape.kind != "posts" or file.suffix.lower() in (".csv", ".gz", ".tsv"):
        table.add(file, file.name, watch(file.name))
        return
    for name, size, stream in _members(file):
        head = stream.peek(exports.PEEK)[: exports.PEEK]
        found = exports.platform_of(head) if platform == "auto" else platform
        if found not in exports.PLATFORMS:
            raise SheetError(
                f"{name} is no export of {', '.join(exports.PLATFORMS)} and no CSV: say which with --from",
                f"ليس {name} تصديراً من {', '.join(exports.PLATFORMS)} ولا ملف CSV: اذكر مصدره بـ ‎--from",
            )
        rows = scratch / "export.csv"
        _unfold(stream, found, rows, name, size, watch(name))
        table.add(rows, name, lambda share: None)


def _members(file: Path) -> Iterator[tuple[str, int, exports.Stream]]:
    """The files with posts in an archive, or the file itself: name, size, stream."""
    if not zipfile.is_zipfile(file):
        with file.open("rb") as stream:
            yield file.name, file.stat().st_size, stream
        return
    with zipfile.ZipFile(file) as archive:
        members = [m for m in archive.infolist() if Path(m.filename).name.startswith(EXPORTED)]
        if not members:
            raise SheetError(f"{file} holds no posts that we know", f"ليس في {file} منشورات نعرفها")
        for member in sorted(members, key=lambda m: m.filename):
            if member.file_size > IMPLAUSIBLE * max(member.compress_size, 1024):
                raise SheetError(
                    f"{file}: {member.filename} unpacks to an implausible size",
                    f"{file}: حجم {member.filename} بعد فكه غير معقول",
                )
            with archive.open(member) as stream:
                yield f"{file.name}/{member.filename}", member.file_size, cast(exports.Stream, stream)


def _unfold(
    stream: exports.Stream, platform: str, rows: Path, name: str, size: int, told: Callable[[float], None]
) -> None:
    """Write an export's records as a table."""
    with rows.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(exports.COLUMNS)
        try:
            for number, post in enumerate(exports.posts(stream, platform)):
                writer.writerow([post[column].replace("\x00", "\ufffd") for column in exports.COLUMNS])
                if number % 1000 == 0:
                    told(min(99.0, 100 * stream.tell() / max(size, 1)))
        except (ijson.JSONError, UnicodeDecodeError) as error:
            raise SheetError(f"{name} is broken: {error}", f"{name} تالف: {error}") from None
    told(100.0)


def _write_rejected(folder: Path, table: Table, shape: Shape) -> None:
    told = {reason.code: (reason.en, reason.ar) for reason in (*shape.reasons, BROKEN)}
    rows = ((file, line, code, *told[code], raw) for file, line, code, raw in table.rejected())
    write_csv(folder / "rejected.csv", ["file", "record", "reason", "why", "السبب", "row"], rows)


def _write_channels(folder: Path, table: Table) -> None:
    """By channel: cases, closed ones, and the median hours to close by Kaplan and Meier with its 95 % interval, exact
    to the minute; what is still open was watched until the newest closing."""
    counted = table.query(
        """SELECT channel, date_diff('minute', opened::TIMESTAMP, coalesce(closed, last)::TIMESTAMP) AS minutes,
        closed IS NOT NULL, count(*) FROM kept, (SELECT max(closed) AS last FROM kept)
        WHERE coalesce(closed, last) >= opened GROUP BY ALL ORDER BY ALL"""
    )
    rows = []
    for channel in dict.fromkeys(row[0] for row in counted):
        own = [row for row in counted if row[0] == channel]
        hours, closed, cases = (np.array([row[at] for row in own]) for at in (1, 2, 3))
        median = median_time(hours / 60, closed.astype(bool), LEVEL, cases)
        shown = ["" if value == np.inf else round(value, 2) for value in median]
        rows.append([channel, int(cases.sum()), int(cases[closed.astype(bool)].sum()), *shown])
    write_csv(folder / "channels.csv", ["channel", "cases", "closed", "median_hours_to_close", "low", "high"], rows)


def _write_account(folder: Path, files: Sequence[Path], account: Account, shape: Shape) -> None:
    if not account.adds_up():
        raise AssertionError(f"the rows of {shape.kind} do not add up: {account}")
    inputs = [{"name": f.name, "bytes": f.stat().st_size, "sha256": digest(f)} for f in files]
    told = {"kind": shape.kind, "inputs": sorted(inputs, key=lambda one: (one["name"], one["sha256"]))} | vars(account)
    (folder / "import.json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


@contextmanager
def progress() -> Iterator[Watch]:
    """A bar for each file, on a terminal; silence elsewhere."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as bars:

        def watch(name: str) -> Callable[[float], None]:
            task = bars.add_task(name, total=100)
            return lambda share: bars.update(task, completed=share)

        yield watch
