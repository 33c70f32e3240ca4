"""What a frozen edition said wrongly of an agency, by the data of today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from scoring.again import revised
from scoring.editions import MEMBERS, NUMBERS, PUBLISHED, EditionError
from scoring.editions.ledger import affected, changed, embeds, entry, stated
from scoring.editions.numbers import table
from scoring.editions.seal import read_members
from scoring.model import Dataset, Manifest, Text
from scoring.render.tables import results_csv
from scoring.render.view import View


def correction(
    now: Dataset, past: Dataset, manifest: Manifest, files: Mapping[str, bytes], agency: str, on: date, why: Text
) -> dict[str, object]:
    """The entry of the ledger, without its seal: every number of the agency that the edition (its data `past`, its
    own `files`, each number as it was last corrected) states otherwise than the evidence of today does.
    Raises EditionError where none differs."""
    again = results_csv(View(revised(now, past, manifest.as_of))).encode()
    old = stated(table(files[NUMBERS]), now.corrections, manifest.id, agency)
    changes = changed(old, stated(table(again), (), manifest.id, agency))
    if not changes:
        raise EditionError(
            f"edition {manifest.id} says of {agency} what today's data say of that day; there is nothing to correct",
            f"ما يذكره الإصدار {manifest.id} عن {agency} هو ما تقوله البيانات الحالية عن ذلك اليوم، فلا شيء يُصوَّب",
        )
    shown = affected(agency, changes, past.methodology, embeds(read_members(files[MEMBERS], PUBLISHED)))
    return entry(manifest.id, agency, changes, on, why, shown, {one.id for one in now.corrections})
