"""Lays the profiles that a change touches side by side: as they are, and as they would be.

    scripts/changed_pages.py review.json BEFORE AFTER TARGET

BEFORE and AFTER are built sites. The pages work by themselves: what they need of the site lies beside them.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from scoring.review.report import read_review


def lay(agencies: Sequence[str], site: Path, target: Path) -> int:
    """The pages of agencies in every language, with the assets; how many there were."""
    found = [page for id in agencies for page in sorted(site.glob(f"*/agencies/{id}/index.html"))]
    for page in found:
        there = target / page.relative_to(site)
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(page, there)
    for assets in {site / page.relative_to(site).parts[0] / "assets" for page in found}:
        shutil.copytree(assets, target / assets.relative_to(site), dirs_exist_ok=True)
    return len(found)


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when the pages are laid out, however many there are; 2 where the review cannot be read."""
    review, before, after, target = map(Path, arguments or sys.argv[1:])
    try:
        agencies = [agency.id for agency in read_review(review.read_bytes()).agencies]
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    for state, site in (("before", before), ("after", after)):
        print(f"{state}: {lay(agencies, site, target / state)} pages" if site.is_dir() else f"{state}: no site")
    return 0


if __name__ == "__main__":
    sys.exit(main())
