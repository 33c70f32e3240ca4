"""What MkDocs builds a benchmark's own site from: the generator's settings and pages, and the benchmark's before them.

Everything is laid under `build/`, anew with every build, so that an upgrade of the generator reaches every page that a
benchmark has not written itself. This repository is built from its own settings.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from scoring.home import CONFIGS, OWN_LANGUAGES, Home
from scoring.model.benchmark import Benchmark
from scoring.render.language import LANGUAGES, language

OURS = ("run.md", "speed.md", "scale.md")  # about the generator itself
NAMED = {"en": re.compile(r"\bHiwar\b"), "ar": re.compile("(?<=«)حوار(?=»)|(?<=عن )حوار")}


_MARKS = re.compile(r"""[&<>"*_\[\]`{}\\|~#]|:(?=\s)""")


def letters(text: str) -> str:
    """Text as YAML, Markdown and HTML show it letter by letter: MkDocs and its theme escape nothing."""
    return _MARKS.sub(lambda mark: f"&#{ord(mark[0])};", text)


def mkdocs_settings(home: Home) -> Mapping[str, Path]:
    """The file of MkDocs' settings for each language."""
    if home.benchmark is None:
        return {code: home.root / CONFIGS[code] for code in LANGUAGES}
    return {code: _settings(home, home.benchmark, code) for code in home.languages}


def _settings(home: Home, benchmark: Benchmark, code: str) -> Path:
    settings = _translated(home, code) | {
        "site_name": letters(benchmark.name[code]),
        "site_description": letters(benchmark.description[code]),
        "site_url": f"{home.address}{code}/",
        "repo_url": home.repository,
        "repo_name": home.repository.rpartition("/")[2],
        "edit_uri": "",
        "docs_dir": str(_pages(home, code)),
        "site_dir": str(home.root / "build" / "mkdocs" / code),
    }
    settings["theme"] |= {"custom_dir": str(home.generator / "theme"), "language": code}
    settings["extra"]["alternate"] = [
        {"name": language(one).t("own_name"), "link": f"../{one}/", "lang": one} for one in home.languages
    ]
    return _write(home.root / "build" / f"mkdocs.{code}.yml", yaml.safe_dump(settings, allow_unicode=True))


def _translated(home: Home, code: str) -> dict[str, Any]:
    """The generator's settings in a language: as they come, or with the words of the language's frame."""
    settings = _read(home.generator / CONFIGS["en"])
    if code == "ar":
        arabic = _read(home.generator / CONFIGS["ar"])
        settings |= {key: arabic[key] for key in ("copyright", "nav")}
        settings["extra"] |= arabic["extra"]
    elif frame := home.frames.get(code):
        settings |= {"copyright": frame.copyright, "nav": _titled(settings["nav"], frame.titles)}
        settings["extra"]["words"] |= frame.words
    return settings | {"nav": _without_ours(settings["nav"])}


def _without_ours(nav: list[Any]) -> list[Any]:
    return [
        {title: _without_ours(below) if isinstance(below, list) else below}
        for entry in nav
        for title, below in entry.items()
        if below not in OURS
    ]


def _titled(nav: list[Any], titles: Mapping[str, str]) -> list[Any]:
    """Sections and pages under the names of another language."""
    return [
        {titles.get(title, title): _titled(below, titles) if isinstance(below, list) else below}
        for entry in nav
        for title, below in entry.items()
    ]


def _pages(home: Home, code: str) -> Path:
    """The pages of a language: the generator's under this benchmark's name and addresses, then its own."""
    target = home.root / "build" / "docs" / code
    shutil.rmtree(target, ignore_errors=True)
    shipped = code if code in LANGUAGES else "en"
    theirs, addresses = home.generator / "docs" / shipped, _addresses(home)
    for page in sorted(theirs.rglob("*.md")):
        if page.name in OURS:
            continue
        text = page.read_text(encoding="utf-8")
        for old, new in addresses:
            text = text.replace(old, new)
        _write(target / page.relative_to(theirs), _named(home, text, shipped, code))
    for folder in dict.fromkeys((shipped, code)):
        own = home.root / OWN_LANGUAGES / folder / "pages"
        if own.is_dir():
            shutil.copytree(own, target, dirs_exist_ok=True)
    return target


def _addresses(home: Home) -> tuple[tuple[str, str], ...]:
    """The generator's addresses, each with this benchmark's."""
    theirs = Home(home.generator, home.generator)
    return (
        (theirs.address, home.address),
        (theirs.repository, home.repository),
        (_short(theirs.repository), _short(home.repository)),
    )


def _named(home: Home, text: str, shipped: str, code: str) -> str:
    """A page of the generator's with the name of this benchmark."""
    assert home.benchmark is not None
    name = letters(home.benchmark.name[code])
    return NAMED[shipped].sub(lambda _: name, text)


def _short(repository: str) -> str:
    """Owner and name."""
    return "/".join(repository.split("/")[-2:])


def _read(path: Path) -> dict[str, Any]:
    settings: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return settings


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
