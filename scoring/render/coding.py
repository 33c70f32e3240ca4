"""The codebook on the site, and how often the dictionary's proposals are right."""

from __future__ import annotations

from markupsafe import Markup

from scoring.instruments.precoded import measured
from scoring.render.language import Language
from scoring.render.page import fill
from scoring.render.view import View


def codebook(view: View, lang: Language) -> Markup:
    """Every question with its answers, definition, examples and borderline cases, and the indicator it feeds."""
    book = view.dataset.codebook
    if book is None:
        return Markup("<p>{}</p>").format(lang.t("no_codebook"))
    indicators = {v.id: [f.indicator for f in view.codes[v.becomes].feeds] if v.counts else [] for v in book.variables}
    names = {v.id: lang.pick(v.name) for v in book.variables}
    return fill("codebook", view, lang, "../", book=book, indicators=indicators, names=names)


def precoder(view: View, lang: Language) -> Markup:
    """Precision and recall of the dictionary's proposals, by set of posts and language."""
    return fill("precoder", view, lang, "../", measured=measured())
