"""The command that reads open data and platform exports into plain tables."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scoring.cli.arguments import Commands, day, on_cluster


def import_(args: argparse.Namespace) -> int:
    """Read open data or a platform's export into a plain table, and account for every row: 0 all kept, 1 not all."""
    import duckdb

    from scoring.imports.importer import import_files, progress
    from scoring.imports.table import Wanted
    from scoring.problems import visible
    from scoring.sheets import SheetError

    wanted = Wanted(args.channel or (), str(args.since or ""), str(args.until or ""))
    try:
        with progress() as watch:
            account = import_files(args.kind, args.files, args.to, wanted, args.platform, watch)
    except (SheetError, OSError, duckdb.Error) as error:
        print(*(visible(line, 2000) for line in str(error).splitlines()), sep="\n", file=sys.stderr)
        return 2
    parts = [f"{account.read:,} rows read", f"{account.kept:,} kept in {args.to / args.kind}.csv"]
    parts += [f"{account.repeated:,} repeated", f"{account.filtered:,} filtered out"]
    print("; ".join(parts))
    for reason, count in account.rejected.items():
        print(f"  refused, {reason}: {count:,} (see {args.to / 'rejected.csv'})")
    return 1 if account.rejected else 0


def register(commands: Commands) -> None:
    """Add this command to the parser."""
    imports = commands.add(import_, "import", data=False)
    on_cluster(imports)
    imports.add_argument("kind", choices=["requests", "followers", "posts"])
    imports.add_argument("files", nargs="+", type=Path, metavar="FILE", help="CSV (also .gz), or a platform's export")
    imports.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    imports.add_argument(
        "--channel", action="append", metavar="NAME", help="only this channel (followers: platform), such as x"
    )
    imports.add_argument("--since", type=day, metavar="DATE")
    imports.add_argument("--until", type=day, metavar="DATE")
    imports.add_argument(
        "--from",
        dest="platform",
        choices=["auto", "nara", "x", "facebook", "instagram", "mastodon"],
        default="auto",
        help="where posts come from; nara: the National Archives' tables (default: told by the file)",
    )
