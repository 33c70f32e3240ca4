"""What the benchmarks share: data folders of any size, and whole processes timed with their memory."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

BODY = re.compile(r"<article[^>]*>(.*)</article>\s*</div>", re.S)  # of a built page
ROOT = Path(__file__).resolve().parent.parent


def copies(target: Path, count: int) -> None:
    """A data folder with `count` agencies: the real ones, repeated under other ids."""
    for name in ("methodology.yml", "vocabulary.yml", "peer_groups.yml"):
        shutil.copy(ROOT / "data" / name, target)
    real = sorted(p.parent for p in (ROOT / "data" / "agencies").glob("*/*/profile.yml"))
    ids = re.compile(r"^(- id|id): (\S+)$", re.M)
    links = re.compile(r"^(parent|successor|  disputes): (\S+)$", re.M)
    for number, folder in zip(range(count), itertools.cycle(real), strict=False):
        suffix = f"-copy{number}"
        new = target / "agencies" / folder.parent.name / (folder.name + suffix)
        new.mkdir(parents=True)
        for file in folder.glob("*.yml"):
            text = links.sub("", ids.sub(rf"\1: \2{suffix}", file.read_text(encoding="utf-8")))
            (new / file.name).write_text(text, encoding="utf-8")


def timed(command: list[str | Path]) -> tuple[float, float]:
    """Seconds and peak memory in MiB of a whole process with its children."""
    start = time.perf_counter()
    job = subprocess.Popen([str(part) for part in command], cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(job.pid, 0)
    if status:
        sys.exit(f"failed: {command}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024
