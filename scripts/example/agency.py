"""All files of one agency, as text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from example.answers import mended, replies, stages
from example.cast import YEARS, Body, Visit
from example.documents import documents
from example.emit import listed, mapped
from example.enquiries import enquiries
from example.extras import extras, single
from example.items import Item
from example.measures import measures
from example.profiles import profile
from example.samples import samples
from scoring.model import Enquiry, Evidence, Profile, Record, Reply, Stage

_DATES = frozenset(("published", "start", "end", "since", "until"))
_THIN = ("policy_published", "reply_commitment", "measured_response", "followers", "accounts_listed_share")


def agency_files(body: Body) -> dict[str, str]:
    """Text by file name; a list without items has no file."""
    visits = [Visit(body, year) for year in YEARS]
    asked = [enquiry for visit in visits if _is_asked(visit) for enquiry in enquiries(visit)]
    lists = {
        "evidence": _checked(Evidence, [found for visit in visits for found in evidence(visit)]),
        "enquiries": _checked(Enquiry, asked),
        "replies": _checked(Reply, replies(body)),
        "stages": _checked(Stage, stages(body)),
    }
    [about] = _checked(Profile, [profile(body)])
    files = {f"{kind}.yml": listed(kind, items, kind in _CLOSE) for kind, items in lists.items() if items}
    return {"profile.yml": mapped("profile", about)} | files


_CLOSE = ("enquiries", "stages")


def _is_asked(visit: Visit) -> bool:
    return not visit.lacks("nothing") and not visit.lacks("thin") and visit.body.kind != "group"


def evidence(visit: Visit) -> Iterator[Item]:
    """Every item of one wave, in the order it was read."""
    yield from single(visit)
    if not visit.documented:
        return
    for part in (documents, samples, measures, extras):
        for found in part(visit):
            if not visit.lacks("thin") or found["code"] in _THIN:
                yield mended(visit, found)


def _checked(model: type[Record], items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Items as the model takes them, in its order of keys and without defaults."""
    return [_plain(model.model_validate(item).model_dump(exclude_defaults=True)) for item in items]


def _plain(content: Any, key: str = "") -> Any:
    if isinstance(content, dict):
        return {inner: _plain(value, inner) for inner, value in content.items()}
    if isinstance(content, list | tuple):
        return [_plain(item, key) for item in content]
    return _date(content) if key in _DATES and isinstance(content, str) else content


def _date(text: str) -> date | int | str:
    """As exact as it is, and without quotes."""
    if len(text) == 10:
        return date.fromisoformat(text)
    return int(text) if len(text) == 4 else text
