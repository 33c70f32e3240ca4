"""Asks every address that the evidence rests on whether it still answers, and writes a report by agency.

    scripts/check_addresses.py --report report.md [--minutes 60]

Polite: one request at a time to a host, a pause in between, HEAD before GET, and no longer than `--minutes`. Only
public addresses are asked, wherever they redirect to. Run by a schedule; it blocks nothing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from addresses.ask import Asker
from addresses.report import BOX, Page, found, report
from addresses.rounds import Rounds
from addresses.turns import Turns

from scoring.model import Dataset
from scoring.source.dataset import read_dataset

ROOT = Path(__file__).resolve().parents[1]
REPOSITORY = "https://github.com/hiwar-benchmark/hiwar"


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when the report was written, whatever it says; 2 where there are no data to read."""
    options = _options(arguments)
    dataset = read_dataset(options.data).dataset
    if dataset is None:
        print(f"{options.data} cannot be read: run `hiwar check`", file=sys.stderr)
        return 2
    pages = pages_of(dataset)
    asker = Asker(options.repository, options.timeout, Turns(options.pause))
    answers = Rounds(asker, options.minutes * 60).ask(page.address for page in pages)
    options.report.write_text(report(pages, answers, datetime.now(UTC).date()), encoding="utf-8")
    print(f"{len(answers)} addresses, {found(answers)} to look at: {options.report}")
    return 0


def pages_of(dataset: Dataset) -> list[Page]:
    """Every address of a source, of its archived copy and of an agency's own site, and where it stands.

    Accounts are left out: the platforms refuse programs, and would all seem silent.
    """
    pages = []
    for id, agency in dataset.agencies.items():
        if agency.profile.website:
            pages.append(Page(id, "profile.yml", agency.profile.website))
        for item in agency.evidence:
            addresses = (item.source.url, *item.source.also, item.archived)
            pages += [Page(id, item.id, address) for address in addresses if address]
    return pages


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--report", type=Path, required=True, metavar="FILE.md", help=f"at most {BOX:,} characters")
    parser.add_argument("--data", type=Path, default=ROOT / "data", metavar="DIR")
    parser.add_argument("--repository", default=REPOSITORY, metavar="URL", help="named to every server that is asked")
    parser.add_argument("--pause", type=float, default=2.0, metavar="SECONDS", help="between requests to a host")
    parser.add_argument("--timeout", type=float, default=20.0, metavar="SECONDS", help="for one request")
    parser.add_argument("--minutes", type=float, default=60.0, help="for everything; what is left is told")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
