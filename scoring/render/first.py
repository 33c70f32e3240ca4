"""Good first contributions: what is missing in the data, by how long it takes, with the way to each piece of work."""

from __future__ import annotations

from types import SimpleNamespace as Row
from urllib.parse import urlencode

from markupsafe import Markup

from scoring.missing import Gap, Need, gaps
from scoring.render.language import Language
from scoring.render.page import fill
from scoring.render.view import View

SHOWN = 40  # pieces of work listed of a kind; as they are done, others move up
MINUTES = {  # about how long one takes somebody who does it for the first time: our judgement, not measured
    5: ("name_ar", "name_en", "website", "undated", "copy"),
    15: ("accounts", "excerpt", "old", "one_language"),
    30: ("close", "unscored", "seldom", "enquiries"),
}
_IN_PROFILE = ("name_ar", "name_en", "website", "accounts")
_IN_EVIDENCE = ("undated", "copy", "excerpt")
_HOW = {"enquiries": "enquiries/", "copy": "contribute/#keep", "unscored": "contribute/#counts"}
_FORM = "finding/"


def first(view: View, lang: Language, edit: str) -> Markup:
    """Every kind of work, the quickest first. `edit` is the repository's address for editing a data file."""
    found = {gap.kind: gap for gap in gaps(view.results)}
    efforts = [
        Row(minutes=minutes, gaps=[_gap(view, lang, edit, found[kind]) for kind in kinds if kind in found])
        for minutes, kinds in MINUTES.items()
    ]
    return fill("first", view, lang, "../", efforts=[effort for effort in efforts if effort.gaps])


def _gap(view: View, lang: Language, edit: str, gap: Gap) -> Row:
    return Row(
        kind=gap.kind,
        n=len(gap.needs),
        of=gap.of,
        unit="first_agencies" if gap.needs[0].agency else "first_indicators",
        how=f"../{_HOW.get(gap.kind, 'contribute/#add')}",
        rows=[_row(view, lang, edit, gap.kind, need) for need in gap.needs[:SHOWN]],
    )


def _row(view: View, lang: Language, edit: str, kind: str, need: Need) -> Row:
    if not need.agency:
        seen = lang.t("first_seen", n=need.items)
        return Row(profile=None, indicator=need.indicator, note=seen, address=None, action=None)
    address, action = _way(view, edit, kind, need)
    note = lang.t("first_items", n=need.items) if need.items else None
    profile = view.profile(need.agency)
    return Row(profile=profile, indicator=need.indicator, note=note, address=address, action=lang.t(action))


def _way(view: View, edit: str, kind: str, need: Need) -> tuple[str, str]:
    """Where this piece of work is done, and the key of what the link says."""
    path = view.dataset.agencies[need.agency].path
    if kind in _IN_PROFILE:
        return f"{edit}/{path}/profile.yml", "edit_profile"
    if kind in _IN_EVIDENCE:
        return f"{edit}/{path}/evidence.yml", "edit_evidence"
    if kind == "enquiries":
        return f"../enquiries/?{urlencode({'agency': path.removeprefix('agencies/')}, safe='/')}#form", "test_enquiries"
    return finding_form(path, need.indicator), "add_evidence"


def finding_form(path: str, indicator: str = "") -> str:
    """The form for a finding with the agency, and the indicator where one is meant, chosen. `path` is the agency's
    folder below the data folder."""
    chosen = {"agency": path.removeprefix("agencies/")} | ({"indicator": indicator} if indicator else {})
    return f"../{_FORM}?{urlencode(chosen, safe='/')}"
