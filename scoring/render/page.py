"""What every page is made with: its frame, the templates, and the choices of its filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from scoring.model import Profile
from scoring.render.compiled import Compiled
from scoring.render.drawing import bar
from scoring.render.language import Language
from scoring.render.view import View


@dataclass(frozen=True)
class Page:
    """A page to be poured into a shell: its address below the language's home, title, description and body.

    `trail` are the names and addresses of the pages above it, the home left out; `about` the agency it speaks of;
    `chart` the name of the embed that stands for it where its address is pasted; `edition` the edition whose numbers it
    shows, or, where they are `rescored`, whose evidence; `subject` what it is about, as kind and id, for the card that
    stands for it where it is shared.
    """

    path: str
    title: str
    description: str
    body: Markup
    trail: Sequence[tuple[str, str]] = ()
    about: Profile | None = None
    chart: str = ""
    edition: str = ""
    rescored: bool = False
    subject: tuple[str, str] | None = None


@cache
def templates(lang: Language | None = None) -> Environment:
    """Templates with escaping always on: agency text is never markup. Those of one language are given no other."""
    made = Compiled(
        lang,
        loader=PackageLoader("scoring.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["bar"] = bar
    return made


def fill(template: str, view: View, lang: Language, root: str, /, **values: Any) -> Markup:
    return Markup(templates(lang).get_template(f"{template}.html").render(view=view, lang=lang, root=root, **values))


def options(view: View, lang: Language, profiles: Sequence[Profile]) -> dict[str, list[tuple[str, str]]]:
    """Choices of the filters: only what occurs in the table."""
    found = {
        "country": {p.country: view.term(lang, "countries", p.country) for p in profiles},
        "level": {p.level: view.term(lang, "levels", p.level) for p in profiles},
        "sector": {p.sector: view.term(lang, "sectors", p.sector) for p in profiles},
        "group": {view.group_id(p.id): view.group_name(lang, p.id) for p in profiles},
    }
    return {field: sorted(names.items(), key=lambda pair: pair[1]) for field, names in found.items()}
