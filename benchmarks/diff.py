"""How long `hiwar diff` takes on a change of one item among the shipped agencies, as a whole process.

    .venv/bin/python benchmarks/diff.py [--times 5]

Makes a repository of the shipped data in a temporary folder, gives one evidence item another value in its working tree,
and reviews that change in each format, and as a commit. Says the median and the slowest run.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import ROOT, timed

GIT = ("-c", "user.name=B", "-c", "user.email=b@example.org", "-c", "commit.gpgsign=false")


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(folder), *GIT, *arguments], check=True, stdout=subprocess.DEVNULL)


def change(data: Path) -> Path:
    """One item with another value."""
    for file in sorted((data / "agencies").glob("*/*/evidence.yml")):
        text, count = re.subn(
            r"^  value: true$", "  value: false", file.read_text(encoding="utf-8"), count=1, flags=re.M
        )
        if count:
            file.write_text(text, encoding="utf-8")
            return file
    sys.exit("no item has the value true")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=5)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        shutil.copytree(ROOT / "data", data)
        git(Path(folder), "init", "-q", "-b", "main")
        git(Path(folder), "add", "-A")
        git(Path(folder), "commit", "-q", "-m", "Data")
        git(Path(folder), "checkout", "-q", "-b", "change")
        print(f"changed: {change(data).relative_to(folder)}")
        report("working tree, text", data, times)
        report("working tree, JSON", data, times, "--format", "json")
        report("working tree, Markdown", data, times, "--format", "markdown")
        git(Path(folder), "commit", "-q", "-a", "-m", "Change")
        report("a commit, JSON", data, times, "--head", "change", "--format", "json")


def report(name: str, data: Path, times: int, *arguments: str) -> None:
    """Time one way of asking; exit code 1 says that there is something to look at."""
    asked = [sys.executable, "-m", "scoring", "diff", "main", "--data", str(data), *arguments]
    runs = [timed(["sh", "-c", '"$@" || [ $? = 1 ]', "sh", *asked]) for _ in range(times)]
    seconds, peak = [run[0] for run in runs], max(run[1] for run in runs)
    print(
        f"{name}: median {statistics.median(seconds):.1f} s, slowest {max(seconds):.1f} s, {peak:.0f} MiB at the peak"
    )


if __name__ == "__main__":
    main()
