"""A synthetic country laid out as a benchmark of its own under build/bench/, so that its caches are its own too."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from benchmarks.country.make import write_country
from scoring.render.leagues import BESIDE
from scoring.speed import Part, Size

ROOT = Path(__file__).resolve().parents[2]
MADE_BY = ("benchmarks/country", "scripts/example")
ABOUT = """\
# Fictional: made to be measured · متخيَّل: للقياس وحده
name: {en: Synthetic union, ar: اتحاد متخيَّل}
description: {en: A fictional benchmark made to be measured., ar: مؤشر متخيَّل للقياس وحده.}
languages: [ar, en]
address: https://synthetic.example/
repository: https://code.example/synthetic
"""
VALUE = re.compile(r"(code: sampled_dialogue\n  numerator: )(\d+)(?=\n  denominator: 200\n)")
FINDING = re.compile(r"(?<=\n    en: )'?(?=[^\s>'])")  # in one line


class Country:
    """A benchmark of `agencies` agencies in the folder `home`."""

    def __init__(self, parent: Path, agencies: int) -> None:
        self.agencies = agencies
        self.home = parent / f"country-{agencies}"
        self.data, self.site = self.home / "data", self.home / "site"

    def lay(self) -> None:
        """Write the country, unless it stands there as it would be written."""
        if self._stamp.is_file() and self._stamp.read_text(encoding="ascii") == _source():
            return
        self.home.mkdir(parents=True, exist_ok=True)
        write_country(self.data, self.agencies)
        (self.home / "benchmark.yml").write_text(ABOUT, encoding="utf-8")
        self._stamp.write_text(_source(), encoding="ascii")

    def forget(self) -> None:
        """Delete everything that was kept from earlier runs: the site, and all caches, which lie in build/."""
        for name in ("site", "build"):
            shutil.rmtree(self.home / name, ignore_errors=True)

    @contextmanager
    def edited(self, mark: str) -> Iterator[None]:
        """One value changed in one evidence file, far enough to move ranks, its finding beginning with `mark`; as it
        was when the block ends. A run that is killed meanwhile writes the country anew."""
        text = self.file.read_text(encoding="utf-8")
        stamp = self._stamp.read_text(encoding="ascii")
        self._stamp.unlink()
        self.file.write_text(changed(text, mark), encoding="utf-8")
        yield
        self.file.write_text(text, encoding="utf-8")
        self._stamp.write_text(stamp, encoding="ascii")

    @cached_property
    def file(self) -> Path:
        """The evidence that is edited: of the first agency that has what is changed."""
        files = sorted(self.data.glob("agencies/*/*/evidence.yml"))
        return next(path for path in files if VALUE.search(path.read_text(encoding="utf-8")))

    @property
    def _stamp(self) -> Path:
        return self.home / "made-by"

    def size(self) -> Size:
        """The country, and the site that stands there."""
        evidence = [path.read_text(encoding="utf-8") for path in self.data.glob("agencies/*/*/evidence.yml")]
        return Size(
            agencies=self.agencies,
            items=sum(text.count("\n- id: ") for text in evidence),
            data_bytes=part(self.data).bytes,
            pages=sum(not page.parent.name.startswith(BESIDE) for page in self.site.glob("*/agencies/*/index.html")),
            parts=tuple(part(path) for path in sorted(self.site.glob("*"))),
        )


def changed(text: str, mark: str) -> str:
    """An evidence file with the newest share of dialogue turned to its opposite, and its English finding marked."""
    found = list(VALUE.finditer(text))[-1]
    value = "190" if int(found[2]) < 100 else "10"
    after = FINDING.sub(lambda quote: f"{quote[0]}{mark} ", text[found.end() :], count=1)
    return f"{text[: found.start()]}{found[1]}{value}{after}"


def part(path: Path) -> Part:
    """A file or folder, and what is in it."""
    files = [file for file in ([path] if path.is_file() else path.rglob("*")) if file.is_file()]
    return Part(name=path.name, bytes=sum(file.stat().st_size for file in files), files=len(files))


def _source() -> str:
    """A name for what the country is made by: another one, another country."""
    files = sorted(path for name in MADE_BY for path in (ROOT / name).iterdir() if path.is_file())
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
