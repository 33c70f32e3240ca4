"""Files in, a folder with the table, what was refused, and the account out."""

from __future__ import annotations

import csv
import fcntl
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import ijson

from scoring.imports import exports
from scoring.imports.channels import COUNTED, HEADER, channels
from scoring.imports.members import UNREADABLE, members
from scoring.imports.shape import BROKEN, SHAPES, Shape
from scoring.imports.table import Account, Table, Wanted
from scoring.problems import visible
from scoring.sheets import SheetError, digest, write_csv

Watch = Callable[[str], Callable[[float], None]]  # a file's name → told how far it is read, in percent
ACCOUNT, REJECTED, CHANNELS = "import.json", "rejected.csv", "channels.csv"


def import_files(
    kind: str, files: Sequence[Path], target: Path, wanted: Wanted, platform: str = "auto", watch: Watch | None = None
) -> Account:
    """Import files of one kind into `target`: the same files give the same bytes, whatever was there. What stood there
    is replaced only when all is done. Raises SheetError where a file cannot be used at all."""
    shape, watching = SHAPES[kind], watch or (lambda name: lambda share: None)
    _refuse_own_output(kind, files, target)
    with _scratch(target) as scratch:
        new = scratch / "new"
        new.mkdir()
        with Table(shape, scratch, wanted) as table:
            for file in sorted(files, key=lambda f: (f.name, str(f))):
                _add(table, file, platform, scratch, watching)
            account = table.account()
            table.write(new / f"{kind}.csv")
            _write_rejected(new, table, shape)
            if kind == "requests":
                write_csv(new / CHANNELS, HEADER, channels(table.query(COUNTED)))
        _write_account(new, files, account, shape)
        target.mkdir(exist_ok=True)
        for path in sorted(new.iterdir(), key=lambda p: (p.name == ACCOUNT, p.name)):  # the account seals the rest
            path.replace(target / path.name)
    return account


def _refuse_own_output(kind: str, files: Sequence[Path], target: Path) -> None:
    """What is read must not be written over."""
    made = {(target / name).resolve() for name in (f"{kind}.csv", ACCOUNT, REJECTED, CHANNELS)}
    for file in files:
        if file.resolve() in made:
            raise SheetError(
                f"{file} would be written over: choose another folder with --to",
                f"سيُكتب فوق {file}: اختر مجلداً آخر بـ ‎--to",
            )


@contextmanager
def _scratch(target: Path) -> Iterator[Path]:
    """A folder beside the target for what is being made. What a killed run left in it is cleared away first."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.resolve()
    folder = beside.with_name(f".importing-{beside.name}")
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SheetError(f"another import into {target} is running", f"يجري استيراد آخر إلى {target}") from None
        shutil.rmtree(folder / "work", ignore_errors=True)
        try:
            (folder / "work").mkdir()
            yield folder / "work"
        finally:
            shutil.rmtree(folder)


def _add(table: Table, file: Path, platform: str, scratch: Path, watch: Watch) -> None:
    if not file.is_file():
        raise SheetError(f"{file} is no file", f"{file} ليس ملفاً")
    if table.shape.kind != "posts" or platform == "nara" or file.suffix.lower() in (".csv", ".gz", ".tsv"):
        table.add(file, file.name, watch(file.name))
        return
    for name, size, stream in members(file):
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


def _unfold(
    stream: exports.Stream, platform: str, rows: Path, name: str, size: int, told: Callable[[float], None]
) -> None:
    """Write an export's records as a table."""
    with rows.open("w", encoding="utf-8", errors="replace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(exports.COLUMNS)
        try:
            for number, post in enumerate(exports.posts(stream, platform)):
                writer.writerow([post[column] for column in exports.COLUMNS])
                if number % 1000 == 0:
                    told(min(99.0, 100 * stream.tell() / max(size, 1)))
        except (ijson.JSONError, ValueError, RecursionError, SheetError, *UNREADABLE) as error:
            raise SheetError(f"{name} is broken: {error}", f"{name} تالف: {error}") from None
    told(100.0)


def _write_rejected(folder: Path, table: Table, shape: Shape) -> None:
    told = {reason.code: (reason.en, reason.ar) for reason in (*shape.reasons, BROKEN)}
    rows = ((file, line, code, *told[code], raw) for file, line, code, raw in table.rejected())
    write_csv(folder / REJECTED, ["file", "record", "reason", "why", "السبب", "row"], rows)


def _write_account(folder: Path, files: Sequence[Path], account: Account, shape: Shape) -> None:
    if not account.adds_up():
        raise AssertionError(f"the rows of {shape.kind} do not add up: {account}")
    inputs = [{"name": f.name, "bytes": f.stat().st_size, "sha256": digest(f)} for f in files]
    told = {"kind": shape.kind, "inputs": sorted(inputs, key=lambda one: (one["name"], one["sha256"]))} | vars(account)
    (folder / ACCOUNT).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


@contextmanager
def progress() -> Iterator[Watch]:
    """A bar for each file, on a terminal; silence elsewhere."""
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as bars:

        def watch(name: str) -> Callable[[float], None]:
            task = bars.add_task(escape(visible(name)), total=100)
            return lambda share: bars.update(task, completed=share)

        yield watch
