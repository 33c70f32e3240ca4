"""How long a whole build takes for N agencies, beside MkDocs alone on the same number of pages.

    .venv/bin/python benchmarks/build.py --agencies 1000

The agencies are copies of the real ones under other ids, made in a temporary folder: they measure, they say nothing.
Both builds run as whole processes, one after the other, in the same run.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from measure import BODY, copies, timed


def mkdocs_alone(built: Path, folder: Path) -> list[str | Path]:
    """A plain MkDocs project whose pages are the bodies of the generated profiles, outside the navigation."""
    docs = folder / "docs"
    for page in built.glob("*/agencies/*/index.html"):
        body = BODY.search(page.read_text(encoding="utf-8"))
        target = docs / page.parent.parent.parent.name / f"{page.parent.name}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(body[1] if body else "", encoding="utf-8")
    (docs / "index.md").write_text("# Start\n", encoding="utf-8")
    config = (
        "site_name: peer\ntheme: {name: material, font: false}\nnav: [index.md]\nvalidation: {omitted_files: ignore}\n"
    )
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    return [sys.executable, "-m", "mkdocs", "build", "-q", "-f", folder / "mkdocs.yml", "-d", folder / "out"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--agencies", type=int, default=1000)
    count = parser.parse_args().agencies
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data, site = folder / "data", folder / "site"
        data.mkdir()
        copies(data, count)
        build = [sys.executable, "-m", "scoring", "build", "--without-pictures"]
        ours = timed([*build, "--data", data, "--to", site])
        pages = len(list(site.glob("*/agencies/*/index.html")))
        peer = timed(mkdocs_alone(site, folder))
        print(f"{count} agencies, {pages} profile pages in two languages")
        print(f"hiwar build (check, score, all pages): {ours[0]:6.1f} s  {ours[1]:6.0f} MiB")
        print(f"MkDocs alone (profile bodies only):    {peer[0]:6.1f} s  {peer[1]:6.0f} MiB")


if __name__ == "__main__":
    main()
