"""The profile pages alone, as a process of its own: what other generators are given to do, from the data files.

    python benchmarks/bench/profiles.py DATA TARGET

Reads, checks and scores, works out what the pages say, and pours them into the shells that a build left. No embeds,
open data or search. Tells how long all took that came after working out the scores and what explains them: other
generators are given the finished words.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from scoring.cli.arguments import HOME
from scoring.cli.site import dataset_of, view_of
from scoring.pieces import at_once
from scoring.pouring import AT_ONCE, SHELL, Frame, pour
from scoring.publish import provenance
from scoring.render.language import language, languages
from scoring.render.pages import agency
from scoring.render.policy import guarded
from scoring.render.view import View
from scoring.results import newest_reading
from scoring.stages import listening, stage

STAGE = "pages"  # that makes the pages of what was worked out, and writes them


def main(data: Path, target: Path) -> int:
    dataset = dataset_of(data)
    if dataset is None:
        return 1
    view = view_of(data, dataset, newest_reading(dataset))
    view.prepare()
    frames = [Frame(language(code), target / code, _shell(code)) for code in languages()]
    ids = list(dataset.agencies)
    pieces = (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
    with listening(sys.stdout, timings=True), stage(STAGE):
        list(at_once([("profiles", partial(_write, view, frames, some)) for some in pieces]))
    return 0


def _shell(code: str) -> str:
    return guarded((HOME.root / "build" / "mkdocs" / code / SHELL / "index.html").read_text(encoding="utf-8"))


def _write(view: View, frames: Sequence[Frame], agencies: Sequence[str]) -> None:
    source = provenance(HOME)
    for frame in frames:
        pour(frame, (agency(view, frame.lang, id, HOME.repository) for id in agencies), view, source)


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
