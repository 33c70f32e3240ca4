"""Where a benchmark lies on this machine, and the generator that it is made by.

A benchmark is a folder with `benchmark.yml` (its name, languages and addresses), `data/`, and what it says in its own
words: `languages/<code>/`. Everything else comes with the generator, so that a newer one is had by an upgrade. This
repository is both: its settings are those of MkDocs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from scoring.model.benchmark import Benchmark, Frame
from scoring.render.language import LANGUAGES, Words

SETTINGS = "benchmark.yml"
OWN_LANGUAGES = "languages"
CONFIGS = {"en": "mkdocs.yml", "ar": "mkdocs.ar.yml"}


@dataclass(frozen=True)
class Home:
    """A benchmark's folder, the generator's, the settings (None: those of MkDocs, as in this repository), and by
    language its own texts and what stands around its pages."""

    root: Path
    generator: Path
    benchmark: Benchmark | None = None
    words: dict[str, Words] = field(default_factory=dict, repr=False)
    frames: dict[str, Frame] = field(default_factory=dict, repr=False)

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def languages(self) -> tuple[str, ...]:
        return self.benchmark.languages if self.benchmark else LANGUAGES

    @property
    def address(self) -> str:
        """Where the site is published, with a slash at the end."""
        if self.benchmark:
            return self.benchmark.address.rstrip("/") + "/"
        return str(self._mkdocs()["site_url"]).removesuffix("en/")

    @property
    def repository(self) -> str:
        return self.benchmark.repository if self.benchmark else str(self._mkdocs()["repo_url"])

    def texts(self) -> dict[str, Words]:
        """By language, the texts that go before the generator's."""
        if self.benchmark is None:
            return {code: {} for code in LANGUAGES}
        named = {
            code: Words(brand=self.benchmark.name[code], tagline=self.benchmark.description[code])
            for code in self.languages
        }
        return {code: self.words.get(code, {}) | words for code, words in named.items()}

    def _mkdocs(self) -> dict[str, object]:
        settings: dict[str, object] = yaml.safe_load((self.root / CONFIGS["en"]).read_text(encoding="utf-8"))
        return settings


def generator() -> Path:
    """The folder of what comes with the code: theme, pages, method. In a checkout it is the repository itself."""
    packed = Path(__file__).parent / "generator"
    return packed if packed.is_dir() else Path(__file__).parents[1]


def nearest(start: Path) -> Path | None:
    """The folder of the benchmark that a folder lies in."""
    return next((folder for folder in (start, *start.parents) if (folder / SETTINGS).is_file()), None)
