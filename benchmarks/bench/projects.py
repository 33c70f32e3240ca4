"""The profile pages of a built site as projects of other generators.

Markdown: each page's body as it stands in our site. Nothing in it has to be converted, only passed on, so that this is
the least that a generator can do with it. Hugo's templates are the frame of our own pages; MkDocs and Zensical have
their usual theme. Data: the YAML files themselves, which Hugo reads and a template of ours makes pages of; without
scores, ranks and charts, so that it does less than ours.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bench.country import Country
from scoring.render.leagues import BESIDE

HERE = Path(__file__).parent / "hugo"
ARTICLE = re.compile(r'(<article class="md-content__inner[^>]*>)(.*)(</article>\s*</div>)', re.S)
TITLE = re.compile(r"<title>(.*?)</title>", re.S)
LANGUAGES = ("en", "ar")
SETTINGS = """\
site_name: Profiles
docs_dir: docs
site_dir: out
theme: {name: material, font: false}
plugins: []
nav: [index.md]
validation: {omitted_files: ignore}
"""


@dataclass(frozen=True)
class Profile:
    """One page of the built site, taken apart."""

    language: str
    id: str
    title: str
    body: str
    before: str
    after: str


def profiles(site: Path) -> Iterator[Profile]:
    """Every agency's page in both languages."""
    for language in LANGUAGES:
        for page in sorted((site / language / "agencies").glob("*/index.html")):
            if page.parent.name.startswith(BESIDE):
                continue  # of the list of agencies
            text = page.read_text(encoding="utf-8")
            found, title = ARTICLE.search(text), TITLE.search(text)
            assert found is not None and title is not None, page
            before, after = text[: found.end(1)], text[found.start(3) :]
            yield Profile(language, page.parent.name, title[1], found[2], before, after)


def markdown(profile: Profile) -> str:
    """A page of which a generator passes everything on: no line is indented or empty, which would end the HTML."""
    lines = (line.strip() for line in profile.body.splitlines())
    return f"---\ntitle: {json.dumps(profile.title, ensure_ascii=False)}\n---\n" + "\n".join(filter(None, lines)) + "\n"


def mkdocs(country: Country, folder: Path) -> None:
    """A project of MkDocs with the Material theme, profiles outside the navigation; Zensical takes the same."""
    for profile in profiles(country.site):
        _write(folder / "docs" / profile.language / f"{profile.id}.md", markdown(profile))
    _write(folder / "docs" / "index.md", "# Start\n")
    _write(folder / "mkdocs.yml", SETTINGS)


def hugo_markdown(country: Country, folder: Path) -> None:
    """A project of Hugo on Markdown, in the frame of our pages."""
    _hugo(country, folder, "{{ .Content }}")
    for profile in profiles(country.site):
        _write(folder / "content" / profile.language / f"{profile.id}.md", markdown(profile))


def hugo_data(country: Country, folder: Path) -> None:
    """A project of Hugo on the data files, in the frame of our pages."""
    _hugo(country, folder, (HERE / "profile.html").read_text(encoding="utf-8"))
    shutil.copytree(country.data / "agencies", folder / "data" / "agencies")
    for language in LANGUAGES:
        pages = (HERE / "_content.gotmpl").read_text(encoding="utf-8")
        _write(folder / "content" / language / "_content.gotmpl", pages.replace("LANGUAGE", language))


def _hugo(country: Country, folder: Path, body: str) -> None:
    shutil.copy(HERE / "hugo.toml", folder)
    frames = {profile.language: profile for profile in profiles_of_one(country.site)}
    for language, frame in frames.items():
        before = TITLE.sub("<title>{{ .Title }}</title>", frame.before.replace("{{", '{{ "{{" }}'))
        after = frame.after.replace("{{", '{{ "{{" }}')
        text = before + body.replace("LANGUAGE", language) + after
        _write(folder / "layouts" / language / "single.html", text)


def profiles_of_one(site: Path) -> Iterator[Profile]:
    """The first page of each language."""
    seen = set[str]()
    for profile in profiles(site):
        if profile.language not in seen:
            seen.add(profile.language)
            yield profile


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
