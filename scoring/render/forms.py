"""Forms by which a visitor makes a data file without knowing its form."""

from __future__ import annotations

import json

from markupsafe import Markup

from scoring.render.language import Language
from scoring.render.page import fill
from scoring.render.view import View

_SAID_BY_SCRIPT = ("agency", "exists", "question", "count", "need_asked", "future", "before", "gave")


def enquiry_form(view: View, lang: Language, edit: str) -> Markup:
    """Questions asked and answered, to the text of `enquiries.yml`. `edit` is the repository's address for editing."""
    vocabulary = view.dataset.vocabulary
    channels = [
        (c.id, lang.pick(c.name)) for c in vocabulary.channels if c.social and c.id not in ("all", "social_media")
    ]
    languages = [(term.id, lang.pick(term.name)) for term in vocabulary.languages]
    words = {name: lang.words[f"form_{name}"] for name in _SAID_BY_SCRIPT}
    return fill(
        "enquiry_form",
        view,
        lang,
        "../",
        channels=channels,
        languages=languages,
        words=json.dumps(words, ensure_ascii=False),
        window=view.methodology.enquiries.window_hours,
        new=f"{edit.replace('/edit/', '/new/', 1)}/agencies",
        edit=f"{edit}/agencies",
    )
