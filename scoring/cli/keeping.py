"""The command that keeps what a finding was read from: a cleaned copy, and its checksum in the evidence."""

from __future__ import annotations

import argparse
import re
import sys
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path

from scoring.cli.arguments import Commands
from scoring.sheets import SheetError


def capture(args: argparse.Namespace) -> int:
    """Keep a capture of a source (PDF, picture, WARC or HTML) without its metadata, and record it in the evidence."""
    try:
        return _capture(args)
    except (SheetError, OSError) as error:
        print(error, file=sys.stderr)
        return 2


def _capture(args: argparse.Namespace) -> int:
    from scoring.capture import METHODS, CaptureError, kind_of, stripped
    from scoring.keeping import keep, record

    file, index = _place(args.data, args.item)
    _check_address(args.archived)
    data = args.file.read_bytes()
    kind = kind_of(data)
    if kind is None:
        raise SheetError(
            f"{args.file} must be a PDF, PNG, JPEG, WebP, WARC or HTML file, told by its content",
            f"يجب أن يكون محتوى {args.file} ملف PDF أو PNG أو JPEG أو WebP أو WARC أو HTML",
        )
    try:
        kept = keep(stripped(data, kind), captures_of(args), args.item, kind)
    except CaptureError as error:
        raise SheetError(f"{args.file}: {error.en}", f"{args.file}: {error.ar}") from None
    moment = args.captured_at or f"{datetime.fromtimestamp(args.file.stat().st_mtime, UTC):%Y-%m-%dT%H:%MZ}"
    lines = {"archived": args.archived, "sha256": kept.sha256, "captured_at": moment, "method": METHODS[kind]}
    record(file, index, {key: value for key, value in lines.items() if value})
    print(f"{kept.path}: {len(data):,} bytes, {kept.size:,} without metadata; captured {moment}")
    print(f"recorded in {file}; now run `hiwar check --evidence {file}`")
    return 0


def captures_of(args: argparse.Namespace) -> Path:
    """The folder of captures: the one given, or the one beside the data."""
    folder: Path = args.captures or args.data.resolve().parent / "captures"
    return folder


def _place(data: Path, item: str) -> tuple[Path, int]:
    """The file of an evidence item, and its place in the list."""
    from scoring.source.dataset import read_dataset

    items = {
        one.id: (data / path, at) for path, found in read_dataset(data).evidence.items() for at, one in found.items()
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
    raise argparse.ArgumentTypeError(
        f"must be a moment like 2026-11-02T09:30Z, found {text!r} · يجب أن يكون وقتاً مثل 2026-11-02T09:30Z"
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
