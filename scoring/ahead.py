"""Pages that somebody waits for: those of the agencies whose files were just saved, made before all others.

Who writes evidence sees its page as soon as the scores are known. The site that stands is not touched: the pages lie in
a folder of their own, of which `hiwar serve` takes what it has, until the whole site has been checked and published.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a server looks here too, and needs nothing of what builds
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
        """Write what `pouring` makes of these agencies; what was ahead before stays until all of it is written."""
        new = self.folder.with_name(f"{self.folder.name}.new")
        clear(new)
        new.mkdir(parents=True)
        frames = [replace(frame, site=new / frame.lang.code) for frame in pouring.frames]
        replace(pouring, target=new, frames=frames).of_some(self.agencies)
        clear(self.folder)
        new.rename(self.folder)


def ahead_of(site: Path) -> Path:
    """The folder of what is ahead of a site: beside it, so that each site has its own."""
    site = site.resolve()
    return site.with_name(f"{site.name}.ahead")


def clear(folder: Path) -> None:
    """Nothing is in the folder any more; it goes at once, not file by file."""
    gone = folder.with_name(f"{folder.name}.gone")
    shutil.rmtree(gone, ignore_errors=True)
    with suppress(FileNotFoundError):
        folder.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)
