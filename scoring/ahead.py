"""Pages that somebody waits for: those of the agencies whose files were just saved, made before all others.

Who writes evidence sees its page as soon as the scores are known. The site that stands is not touched: the pages lie in
a folder of their own, of which `hiwar serve` takes what it has, until the whole site has been checked and published.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from scoring.model import Dataset
from scoring.pouring import Pouring


@dataclass(frozen=True)
class Ahead:
    """Some agencies, and where their pages and embeds go before the site is made."""

    folder: Path
    agencies: Sequence[str]

    @classmethod
    def of(cls, folder: Path, saved: Collection[Path], data: Path, dataset: Dataset) -> Ahead:
        """The agencies that these files of the data folder belong to."""
        places = {(data / agency.path).resolve(): id for id, agency in dataset.agencies.items()}
        above = {parent for file in saved for parent in file.resolve().parents}
        return cls(folder, sorted(places[place] for place in above & places.keys()))

    def pour(self, pouring: Pouring) -> None:
        """Write what `pouring` makes of these agencies; the folder is there when all of it is written."""
        clear(self.folder)
        if not self.agencies:
            return
        new = self.folder.with_name(f"{self.folder.name}.new")
        clear(new)
        frames = [replace(frame, site=new / frame.lang.code) for frame in pouring.frames]
        replace(pouring, target=new, frames=frames).of_some(self.agencies)
        new.rename(self.folder)


def clear(folder: Path) -> None:
    """Nothing is ahead of the site any more."""
    shutil.rmtree(folder, ignore_errors=True)
