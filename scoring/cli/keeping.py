"""The command that keeps what a finding was read from: a cleaned copy, and its checksum in the evidence."""

from __future__ import annotations

import argparse
import re
import sys
from datetime import UTC, datetime
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path

from scoring.cli.arguments import Commands
from scoring.cli.usage import unfit
from scoring.model import Evidence
from scoring.sheets import SheetError


def capture(args: argparse.Namespace) -> int:
    """Keep a capture of a source (PDF, picture, WARC or HTML) without its metadata, and record it in the evidence."""
    try:
        return _capture(args)
    except (SheetError, OSError) as error:
        print(error, file=sys.stderr)
        return 2


def _capture(args: argparse.Namespace) -> int:
    from scoring.archives import notes
    from scoring.keeping import keep, record, recorded

    file, index, item = _place(args.data, args.item)
    _check_address(args.archived)
    kind, clean = _cleaned(args.file, item.sha256)
    moment, why = _moment(args, item, clean)
    written = recorded(file, index, _lines(args.archived, clean, moment, kind))
    kept = keep(clean, captures_of(args), args.item, kind)
    record(file, written)
    print(f"{kept.path}: {args.file.stat().st_size:,} bytes, {kept.size:,} without metadata; captured {moment}{why}")
    for told in notes(clean, kind):
        print(f"note: {told.en}\nتنبيه: {told.ar}")
    print(f"recorded in {file}; now run `hiwar check --evidence {file}`")
    return 0


def _cleaned(file: Path, recorded: str | None) -> tuple[str, bytes]:
    """What a file is, and its content without metadata; one that is recorded already was cleaned."""
    from scoring.capture import CaptureError, kind_of, stripped

    data = file.read_bytes()
    kind = kind_of(data)
    if kind is None:
        raise SheetError(
            f"{file} must be a PDF, PNG, JPEG, WebP, WARC or HTML file, told by its content",
            f"يجب أن يكون محتوى {file} ملف PDF أو PNG أو JPEG أو WebP أو WARC أو HTML",
        )
    try:
        return kind, data if sha256(data).hexdigest() == recorded else stripped(data, kind)
    except CaptureError as error:
        raise SheetError(f"{file}: {error.en}", f"{file}: {error.ar}") from None


def _moment(args: argparse.Namespace, item: Evidence, clean: bytes) -> tuple[str, str]:
    """When the capture was made, and how we know. What is recorded of the same bytes stays, unless told otherwise."""
    if args.captured_at:
        return args.captured_at, ""
    if item.captured_at and item.sha256 == sha256(clean).hexdigest():
        return item.captured_at, ", as recorded"
    changed = datetime.fromtimestamp(args.file.stat().st_mtime, UTC)
    return f"{changed:%Y-%m-%dT%H:%MZ}", ", when the file was last changed (else give --captured-at)"


def _lines(archived: str | None, clean: bytes, moment: str, kind: str) -> dict[str, str]:
    from scoring.capture import METHODS

    told = {"sha256": sha256(clean).hexdigest(), "captured_at": moment, "method": METHODS[kind]}
    return ({"archived": archived} if archived else {}) | told


def captures_of(args: argparse.Namespace) -> Path:
    """The folder of captures: the one given, or the one beside the data."""
    folder: Path = args.captures or args.data.resolve().parent / "captures"
    return folder


def _place(data: Path, item: str) -> tuple[Path, int, Evidence]:
    """The file of an evidence item, its place in the list, and the item."""
    from scoring.source.dataset import read_dataset

    items = {
        one.id: (data / path, at, one)
        for path, found in read_dataset(data).evidence.items()
        for at, one in found.items()
    }
    if item not in items:
        near = ", ".join(get_close_matches(item, list(items), 3, cutoff=0.4))
        raise SheetError(
            f"no evidence item has the id {item!r}" + (f"; did you mean {near}?" if near else ""),
            f"لا دليل معرّفه {item!r}" + (f"؛ هل تقصد {near}؟" if near else ""),
        )
    return items[item]


def _check_address(archived: str | None) -> None:
    from scoring.rules.addresses import find_fault

    if archived is not None and (fault := find_fault(archived)):
        en, ar = (words.format(**fault[1]) for words in fault[0].must)
        raise SheetError(f"--archived: {en}; found {archived!r}", f"‎--archived: {ar}؛ والموجود {archived!r}")


def moment(text: str) -> str:
    """A moment given on the command line, as the data files write it."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})", text) and datetime.fromisoformat(text):
            return text
    except ValueError:
        pass
    raise unfit(
        f"must be a moment like 2026-11-02T09:30Z, found {text!r}",
        f"يجب أن يكون وقتاً مثل 2026-11-02T09:30Z، والموجود {text!r}",
    )


def register(commands: Commands) -> None:
    """Add this command to the parser."""
    captures = commands.add(capture)
    captures.add_argument("file", type=Path, metavar="FILE")
    captures.add_argument("--item", required=True, metavar="ID", help="the evidence item it is the source of")
    captures.add_argument(
        "--captured-at", type=moment, metavar="MOMENT", help="default: when the file was last changed"
    )
    captures.add_argument("--archived", metavar="URL", help="address of a copy in a public web archive")
    captures.add_argument(
        "--captures", type=Path, metavar="DIR", help="where captures are kept (default: beside data/)"
    )
