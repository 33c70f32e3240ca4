"""The files of a new benchmark, as text by path: settings, method, one made-up agency, workflows. Reads no file but the
generator's own, writes none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel import Locale
from jinja2 import Environment, PackageLoader, StrictUndefined

from scoring.home import CONFIGS
from scoring.render.language import LANGUAGES
from scoring.site_source import letters

GENERATOR = "https://github.com/hiwar-benchmark/hiwar"
FILES = {
    ".gitignore": "gitignore",
    ".github/CODEOWNERS": "codeowners",
    ".github/workflows/site.yml": "site.yml",
    "README.md": "readme.md",
    "benchmark.yml": "benchmark.yml",
    "requirements.txt": "requirements.txt",
    "data/about.yml": "about.yml",
    "data/peer_groups.yml": "peer_groups.yml",
}
AGENCY_FILES = ("profile.yml", "evidence.yml")
CODE, SECTOR = "facts_and_figures", "health"  # what the made-up agency is seen to do, and where it works


@dataclass(frozen=True)
class Wanted:
    """What a new benchmark is to be: names and descriptions by language, the country (ISO 3166-1 alpha-2), the levels
    of its peer groups, its addresses, what installs the generator, and the day it is made."""

    name: Mapping[str, str]
    description: Mapping[str, str]
    languages: Sequence[str]
    country: str
    groups: Sequence[str]
    address: str
    repository: str
    requirement: str
    day: date


class InitError(ValueError):
    """What was asked for cannot be made; the message, English then Arabic, is for people."""


def files(wanted: Wanted, generator: Path) -> dict[str, str]:
    """Every file, text by path below the new folder. Raises InitError for an unknown country or level."""
    vocabulary = (generator / "data" / "vocabulary.yml").read_text(encoding="utf-8")
    values = _values(wanted, yaml.safe_load(vocabulary))
    agency = f"data/agencies/{wanted.country.lower()}/{values['agency']}"
    made = {path: _fill(name, values) for path, name in FILES.items()}
    made |= {f"{agency}/{name}": _fill(name, values) for name in AGENCY_FILES}
    made |= {f"languages/{code}/pages/about.md": _fill(f"about.{code}.md", values) for code in _complete(wanted)}
    for code in set(wanted.languages) - set(LANGUAGES):
        made |= _further(code, wanted, generator)
    method = (generator / "data" / "methodology.yml").read_text(encoding="utf-8")
    return made | {
        "data/methodology.yml": _named(method, values["told"]),
        "data/codebook.yml": (generator / "data" / "codebook.yml").read_text(encoding="utf-8"),
        "data/vocabulary.yml": _with_country(vocabulary, wanted.country, values["country_name"]),
    }


def _complete(wanted: Wanted) -> list[str]:
    return [code for code in LANGUAGES if code in wanted.languages]


def _values(wanted: Wanted, vocabulary: dict[str, Any]) -> dict[str, Any]:
    levels = {level["id"]: level["name"] for level in vocabulary["levels"]}
    unknown = [group for group in wanted.groups if group not in levels]
    if unknown:
        known = ", ".join(levels)
        raise InitError(
            f"a group must be one of: {known}; found: {', '.join(unknown)} · يجب أن تكون المجموعة واحدة مما سبق"
        )
    listed = {one["id"]: one["name"] for one in vocabulary["countries"]}
    return vars(wanted) | {
        "first": next(code for code in ("en", *wanted.languages) if code in wanted.languages),
        "names": [wanted.name[code] for code in wanted.languages],
        "told": {code: wanted.name.get(code) or next(iter(wanted.name.values())) for code in LANGUAGES},
        "country_name": listed.get(wanted.country) or territory(wanted.country),
        "groups": [{"id": group, **levels[group]} for group in wanted.groups],
        "group": wanted.groups[0],
        "agency": f"{wanted.country.lower()}-example-agency",
        "sector": SECTOR,
        "code": CODE,
        "day": str(wanted.day),
        "generator": GENERATOR,
    }


def territory(country: str) -> dict[str, str]:
    """A country's name in the complete languages, by the Unicode list. Raises InitError for an unknown one."""
    found = {code: Locale(code).territories.get(country) for code in LANGUAGES}
    if not all(found.values()) or not re.fullmatch("[A-Z]{2}", country):
        raise InitError(
            f"a country must be two letters of ISO 3166-1, such as QA; found: {country!r}"
            " · يجب أن يكون البلد حرفين من ISO 3166-1 مثل QA"
        )
    return {code: str(name) for code, name in found.items()}


def _with_country(vocabulary: str, country: str, name: Mapping[str, str]) -> str:
    """The vocabulary with a country that it does not have, in its place in the alphabet."""
    if re.search(rf"(?m)^  - id: {country}$", vocabulary):
        return vocabulary
    entry = f"  - id: {country}\n    name:\n" + "".join(
        f"      {code}: {quoted(name[code])}\n" for code in ("en", "ar")
    )
    start = re.search(r"(?m)^countries:\n", vocabulary)
    assert start is not None
    after = (m for m in re.compile(r"(?m)^(?:  - id: ([A-Z]{2})$|(?=[^ \n])|$)").finditer(vocabulary, start.end()))
    at = next(m.start() for m in after if m[1] is None or m[1] > country)
    return vocabulary[:at] + entry + vocabulary[at:]


def _named(method: str, name: Mapping[str, str]) -> str:
    """The method, its index under the benchmark's own name."""
    told = "name:\n" + "".join(f"  {code}: {quoted(name[code])}\n" for code in ("en", "ar"))
    return re.sub(r"(?m)^name:\n  en: .*\n  ar: .*\n", lambda _: told, method, count=1)


def _further(code: str, wanted: Wanted, generator: Path) -> dict[str, str]:
    """The folder of a language that does not come complete: what stands around its pages, in English, to be
    translated; and its first two texts."""
    frame = yaml.safe_load((generator / CONFIGS["en"]).read_text(encoding="utf-8"))
    titles = {title: title for title in _titles(frame["nav"])}
    told = {"words": frame["extra"]["words"], "titles": titles, "copyright": frame["copyright"]}
    own = Locale(code).get_display_name(code) or code
    head = "# To be translated; `hiwar texts en` prints every text · للترجمة؛ يطبع الأمر `hiwar texts en` النصوص كلها\n"
    return {
        f"languages/{code}/frame.yml": head + yaml.safe_dump(told, allow_unicode=True, sort_keys=False),
        f"languages/{code}/words.yml": f"{head}own_name: {quoted(own)}\n",
    }


def _titles(nav: Sequence[Mapping[str, Any]]) -> list[str]:
    return [
        one
        for entry in nav
        for title, below in entry.items()
        for one in (title, *(_titles(below) if isinstance(below, list) else ()))
    ]


def quoted(text: str) -> str:
    """A text as YAML in double quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("scoring.start", "files"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        comment_start_string="<!--#",  # {# starts an anchor in the pages
        comment_end_string="#-->",
        autoescape=False,  # YAML and Markdown; what is put in is quoted, or shown letter by letter
    )
    made.filters["quoted"] = quoted
    made.filters["letters"] = letters
    return made


def _fill(name: str, values: Mapping[str, Any]) -> str:
    return _templates().get_template(name).render(values)
