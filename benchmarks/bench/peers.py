"""The generators that stand beside ours: installed apart, each in a project of the same profile pages."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from benchmarks.bench import projects
from benchmarks.bench.country import Country
from benchmarks.bench.ours import told
from benchmarks.bench.process import run
from scoring.speed import Measure

WANTED = Path(__file__).resolve().parents[1] / "peers.txt"
Lay = Callable[[Country, Path], None]


@dataclass(frozen=True)
class Peer:
    """A way to build the profiles: the package it needs, how its project is laid, its command in that folder."""

    task: str
    package: str
    lay: Lay
    command: tuple[str, ...]


PEERS = (
    Peer("mkdocs", "mkdocs", projects.mkdocs, ("mkdocs", "build", "--quiet", "-d", "out")),
    Peer("zensical", "zensical", projects.mkdocs, ("zensical", "build", "--clean", "-f", "mkdocs.yml")),
    Peer("hugo_markdown", "hugo", projects.hugo_markdown, ("hugo", "--quiet", "--destination", "out")),
    Peer("hugo_data", "hugo", projects.hugo_data, ("hugo", "--quiet", "--destination", "out")),
)


def installed(folder: Path) -> dict[str, str]:
    """The exact versions that could be had, by package; made anew where peers.txt says something else."""
    wanted = WANTED.read_text(encoding="utf-8")
    stamp, digest = folder / "stamp", sha256(wanted.encode()).hexdigest()
    if not stamp.is_file() or stamp.read_text(encoding="ascii") != digest:
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        for line in wanted.splitlines():
            if line and not line.startswith("#"):
                _pip(folder, "install", "--quiet", *line.split())
        stamp.write_text(digest, encoding="ascii")
    listed = _pip(folder, "freeze").lower()
    return {name: version for name, version in re.findall(r"^([\w-]+)==(\S+)$", listed, re.M) if name in wanted}


def _pip(folder: Path, *arguments: str) -> str:
    """What pip answers; where it fails, the last that it says is told."""
    command: list[str | Path] = [folder / "bin" / "python", "-m", "pip", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{' '.join(arguments)}: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
    return str(done.stdout)


def beside(country: Country, folder: Path, versions: dict[str, str], limit: float) -> Iterator[Measure]:
    """Every peer on the profiles of the site that stands built; those that cannot be had are told as absent."""
    for peer in PEERS:
        if peer.package not in versions:
            yield Measure(task=peer.task, agencies=country.agencies, outcome="absent", note="it could not be installed")
        else:
            yield _measure(peer, country, folder, limit)


def _measure(peer: Peer, country: Country, folder: Path, limit: float) -> Measure:
    project = country.home / "peers" / peer.task
    shutil.rmtree(project, ignore_errors=True)
    project.mkdir(parents=True)
    peer.lay(country, project)
    ran = run([folder / "bin" / peer.command[0], *peer.command[1:]], project, limit)
    pages = len(list((project / "out").glob("*/*/index.html")))
    found = told(peer.task, country.agencies, ran, pages)
    if ran.outcome == "done" and pages < 2 * country.agencies:
        made = f"it made {pages} of {2 * country.agencies} pages"
        found = found.model_copy(update={"outcome": "failed", "note": made})
    shutil.rmtree(project)
    return found
