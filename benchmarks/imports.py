"""How long an import of gigabytes takes and how much memory, beside a plain reader that only counts the rows.

    .venv/bin/python benchmarks/imports.py [--mib 2048]

Makes a synthetic table of service requests of that size, and a synthetic `tweets.js` of half of it, in a temporary
folder (rows of invented text, one in fifty broken, one in a hundred repeated, times to closing of a minute to eight
years), imports each as a whole process, and says whether every row is accounted for.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from measure import timed
from rows import requests, tweets

HIWAR = Path(sys.executable).parent / "hiwar"
COUNT = "import csv,sys; print(sum(1 for _ in csv.reader(open(sys.argv[1], encoding='utf-8'))))"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mib", type=int, default=2048)
    mib = parser.parse_args().mib
    with tempfile.TemporaryDirectory() as folder:
        for kind, name, lines, size in (
            ("requests", "requests.csv", requests, mib),
            ("posts", "tweets.js", tweets, mib // 2),
        ):
            path = Path(folder) / name
            with path.open("w", encoding="utf-8") as file:
                file.writelines(lines(size))
            out = Path(folder) / "out"
            plain = timed([sys.executable, "-c", COUNT, path])[0]
            seconds, peak = timed(["sh", "-c", f"{HIWAR} import {kind} {path} --to {out} || [ $? = 1 ]"])
            told = json.loads((out / "import.json").read_text(encoding="utf-8"))
            parts = told["kept"] + told["repeated"] + told["filtered"] + sum(told["rejected"].values())
            print(
                f"{name}: {size} MiB, {told['read']:,} rows, {seconds:.1f} s, {peak:.0f} MiB at the peak; "
                f"counting the lines alone {plain:.1f} s; kept {told['kept']:,}, repeated {told['repeated']:,}, "
                f"refused {told['rejected']}; every row accounted for: {parts == told['read']}"
            )
            path.unlink()


if __name__ == "__main__":
    main()
