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
from collections.abc import Iterator
from pathlib import Path

from measure import timed

HIWAR = Path(sys.executable).parent / "hiwar"
WORDS = ["road", "light", "sign", "water", "tree", "answer", "please", "since", "street", "number", "house", "school"]
COUNT = "import csv,sys; print(sum(1 for _ in csv.reader(open(sys.argv[1], encoding='utf-8'))))"


def requests(mib: int) -> Iterator[str]:
    """Lines of a table of service requests."""
    yield "CASE_ENQUIRY_ID,OPEN_DT,CLOSED_DT,CASE_STATUS,TYPE,Department,Source\n"
    size, n = 0, 0
    while size < mib * 2**20:
        n += 1
        id = n - 1 if n % 100 == 7 else n
        opened = f"{1 + n % 12:02d}/{1 + n % 28:02d}/2015 {1 + n % 12:02d}:{n % 60:02d}:00 {'AP'[n % 2]}M"
        later = f"{2016 + n % 8}" if n % 5 else "2015"
        closed = f"12/{1 + n * 7 % 28:02d}/{later} {1 + n * 11 % 11:02d}:{n * 13 % 60:02d}:00 PM" if n % 3 else ""
        text = " ".join(WORDS[(n * k) % len(WORDS)] for k in range(1, 12))
        channel = ("Twitter", "Constituent Call", "Self Service")[n % 3]
        line = f'{id},{opened},{closed},Closed,"{text}, {n % 97}",PWD,{channel}\n'
        line = line if n % 50 else f"{id},{opened}\n"
        size += len(line)
        yield line


def tweets(mib: int) -> Iterator[str]:
    """Parts of an X archive."""
    yield "window.YTD.tweets.part0 = [\n"
    size, n = 0, 0
    while size < mib * 2**20:
        n += 1
        tweet = {
            "id_str": str(n - 1 if n % 100 == 7 else n),
            "created_at": f"Wed Nov {1 + n % 28:02d} 16:49:{n % 60:02d} +0000 2015" if n % 50 else "never",
            "full_text": " ".join(WORDS[(n * k) % len(WORDS)] for k in range(1, 40)),
            "lang": "en", "entities": {"urls": [], "user_mentions": [], "hashtags": [{"text": "x", "indices": [1, 2]}]},
        }  # fmt: skip
        part = ("," if n > 1 else "") + json.dumps({"tweet": tweet}) + "\n"
        size += len(part)
        yield part
    yield "]"


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
