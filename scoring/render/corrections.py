"""What in frozen editions was wrong: shown on the pages of the agency, the edition and its rankings, and on all of them
together."""

from __future__ import annotations

from types import SimpleNamespace as Row

from scoring.model import Correction, Revised
from scoring.render.language import Language
from scoring.render.view import View

MOST_DIGITS = 6  # of the ledger's numbers


def of_agency(view: View, lang: Language, agency: str) -> list[Row]:
    """An agency's corrections, newest first, for the macro `corrections.listed`."""
    return _rows(view, lang, [c for c in view.dataset.corrections if c.agency == agency])


def of_edition(view: View, lang: Language, edition: str, node: str = "") -> list[Row]:
    """An edition's corrections, newest first; with a node, those that changed a number of it."""
    chosen = [c for c in view.dataset.corrections if c.edition == edition]
    return _rows(view, lang, [c for c in chosen if not node or any(change.node == node for change in c.changes)])


def everything(view: View, lang: Language) -> list[Row]:
    """Every correction of an edition that is shown, newest first."""
    return _rows(view, lang, list(view.dataset.corrections))


def _rows(view: View, lang: Language, chosen: list[Correction]) -> list[Row]:
    kept = {edition.id: past for edition, past in view.kept}
    return [_row(view, kept[c.edition], lang, c) for c in reversed(chosen) if c.edition in kept]


def _row(view: View, past: View, lang: Language, correction: Correction) -> Row:
    known = correction.agency in past.dataset.agencies
    return Row(
        entry=correction,
        name=past.profile(correction.agency).name if known else None,
        linked=correction.agency in view.dataset.agencies,
        changes=[_change(past, lang, change) for change in correction.changes],
    )


def _change(past: View, lang: Language, change: Revised) -> Row:
    named = {past.methodology.id, *past.leaves, *past.indicators}
    digits = 0 if change.what == "rank" else _digits(change)
    return Row(
        name=past.node_name(lang, change.node) if change.node in named else change.node,
        what=lang.t(f"corrected_{change.what}"),
        old=lang.t("corrected_none") if change.old is None else lang.number(change.old, digits),
        new=lang.t("corrected_none") if change.new is None else lang.number(change.new, digits),
    )


def _digits(change: Revised) -> int:
    """As few as pages show, but enough to tell the two apart."""
    if change.old is None or change.new is None:
        return 1
    return next((d for d in range(1, MOST_DIGITS) if f"{change.old:.{d}f}" != f"{change.new:.{d}f}"), MOST_DIGITS)
