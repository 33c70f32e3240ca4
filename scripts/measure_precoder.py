"""Counts anew how often the dictionary is right, on tests/fixtures/posts, and writes scoring/instruments/precoded.yml.

scripts/measure_precoder.py [--archive FOLDER]

FOLDER holds tweets_potus44.csv and tweets_flotus44.csv of the National Archives; only the codes that a person gave
their texts are committed. Without it their counts stay as they are.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from scoring.instruments import precoded
from scoring.instruments.precode import propose

ROOT = Path(__file__).resolve().parents[1]
POSTS = ROOT / "tests" / "fixtures" / "posts"
VARIABLES = ("names_official", "states_figure")
ARCHIVES = ("tweets_potus44.csv", "tweets_flotus44.csv")


def count(archive: Path | None) -> Iterator[precoded.Measured]:
    """Every set of posts by language and variable."""
    held_out = _coded("held_out")
    for language in ("ar", "en"):
        yield from _by_variable("held_out", language, [post for post in held_out if post["language"] == language])
    if archive is None:
        yield from (one for one in precoded.measured() if one.posts == "nara")
        return
    texts = dict(pair for name in ARCHIVES for pair in _texts(archive / name))
    yield from _by_variable("nara", "en", [post | {"text": texts[str(post["id"])]} for post in _coded("nara")])


def _coded(name: str) -> list[dict[str, Any]]:
    coded: list[dict[str, Any]] = yaml.safe_load((POSTS / f"{name}.yml").read_text(encoding="utf-8"))
    return coded


def _texts(path: Path) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from ((row["tweet_id"], row["text"]) for row in csv.DictReader(file))


def _by_variable(name: str, language: str, posts: Sequence[Mapping[str, Any]]) -> Iterator[precoded.Measured]:
    proposals = [propose(post["text"]) for post in posts]
    for variable in VARIABLES:
        pairs = [(bool(getattr(p, variable)), bool(post[variable])) for p, post in zip(proposals, posts, strict=True)]
        yield precoded.measure(name, language, variable, pairs)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", type=Path, metavar="FOLDER")
    counted = precoded.as_yaml(count(parser.parse_args(arguments).archive))
    (ROOT / "scoring" / "instruments" / "precoded.yml").write_text(counted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
