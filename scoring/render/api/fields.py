"""What the page about the data shows: the tables, from the same definition as the tables themselves."""

from __future__ import annotations

import json
from types import SimpleNamespace as Row

from markupsafe import Markup

from scoring.render.api.origin import FOLDER
from scoring.render.api.package import FORMATS
from scoring.render.api.tables import Column, tables
from scoring.render.charts import json_for_html
from scoring.render.language import Language
from scoring.render.page import fill
from scoring.render.view import View


def fields(view: View, lang: Language) -> Markup:
    """Every table with its files and its columns."""
    shown = [
        Row(
            id=name,
            title=lang.pick(table.title),
            about=lang.pick(table.about),
            files=[(f"../../{FOLDER}{form.path(name)}", lang.t(f"data_{kind}")) for kind, form in FORMATS.items()],
            columns=[
                Row(name=column, type=told.type, text=getattr(told, lang.stock), notes=_notes(told, lang))
                for column, told in table.columns.items()
            ],
        )
        for name, table in tables(view).items()
    ]
    return fill("fields", view, lang, "../", tables=shown)


def embedded(dataset: bytes) -> Markup:
    """The schema.org description (`dataset.jsonld`) within a page, where search engines look for it."""
    told = json_for_html(json.loads(dataset))
    return Markup('<script type="application/ld+json">{}</script>').format(told)


def _notes(column: Column, lang: Language) -> list[str]:
    """What else is to be known of a column."""
    notes = [lang.t(f"data_unit_{column.unit}")] if column.unit else []
    notes += [lang.t("data_refers", table=column.refers)] if column.refers else []
    notes += [lang.t("data_one_of", words=lang.own_way(", ".join(column.choices)))] if column.choices else []
    return notes + ([lang.t("data_empty")] if column.empty else [])
