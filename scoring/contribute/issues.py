"""An issue that reports evidence, as the item it becomes. What the issue says is a stranger's: it becomes values of
known keys, or nothing. Knows no file and no network.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scoring.contribute.questions import identified, nested
from scoring.model import Code, Dataset, Text
from scoring.search import fold

NOTHING = "_No response_"  # what GitHub writes where nothing was filled in
_WORD = re.compile(r"[^\W_]+")
_ID = re.compile(r"\(([a-z0-9_]+)\)\s*$")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫", "01234567890123456789.")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_YES, _NO = ("yes", "true", "نعم"), ("no", "false", "لا")

NO_AGENCY = Text(
    en="Which agency is meant is not clear: write its id, such as qa-ministry-of-labour, into the issue.",
    ar="لم تتبيّن الجهة المقصودة: اكتب معرّفها في البلاغ، مثل qa-ministry-of-labour.",
)
NO_CODE = Text(
    en="What was looked for is not chosen: edit the issue and write the code's line as the form has it.",
    ar="لم يُختر ما بُحث عنه: عدّل البلاغ واكتب سطر الرمز كما يرد في الاستمارة.",
)


@dataclass(frozen=True)
class Made:
    """An item and the agency it is about, or what is still to be known before there can be one."""

    agency: str = ""
    item: Mapping[str, Any] | None = None
    missing: tuple[Text, ...] = ()


def option(id: str, name: Text) -> str:
    """A line of a list of the issue form: English, Arabic, id."""
    return f"{name.en} · {name.ar} ({id})"


def answers(body: str, labels: Mapping[str, str]) -> dict[str, str]:
    """What an issue says, by field; `labels` are the form's headings by field. Of a heading that comes twice, the first
    counts."""
    found: dict[str, str] = {}
    fields = {label: field for field, label in labels.items()}
    parts = re.split(r"(?m)^### (.+?)\s*$", body.replace("\r\n", "\n"))
    for heading, text in zip(parts[1::2], parts[2::2], strict=True):
        if (field := fields.get(heading)) and text.strip() not in ("", NOTHING):
            found.setdefault(field, " ".join(text.split()))
    return found


def made(told: Mapping[str, str], login: str, dataset: Dataset) -> Made:
    """The item that an issue becomes; `login` is whose issue it is."""
    agency = agency_of(told.get("agency", ""), dataset)
    codes = {code.id: code for code in dataset.methodology.codes}
    code = codes.get(_chosen(told, "code"))
    missing = tuple(text for text, known in ((NO_AGENCY, agency), (NO_CODE, code)) if not known)
    if agency is None or code is None:
        return Made(missing=missing)
    keys = _keys(told, code, login)
    taken = [item.id for item in dataset.agencies[agency].evidence]
    value = {} if "value" not in told else _value(told["value"], code)
    item = (
        {"id": identified("evidence", agency, keys, taken), "code": code.id}
        | value
        | nested(keys)
        | {"coder": login.lower()}
    )
    return Made(agency, item)


def _keys(told: Mapping[str, str], code: Code, login: str) -> dict[str, str]:
    """The answers as keys of an item, in the order of the file; an empty one is left out."""
    language = "ar" if _ARABIC.search(told.get("finding", "")) else "en"
    read = "full" if _chosen(told, "read") == "full" else "excerpt"
    keys = {
        "code": code.id,
        f"finding.{language}": told.get("finding", ""),
        "source.url": told.get("address", ""),
        "source.language": _chosen(told, "language"),
        "source.kind": _chosen(told, "kind"),
        "source.published": told.get("published", "").translate(_DIGITS),
        "source.read": read,
        "observed": told.get("observed", "").translate(_DIGITS),
        "coder": "-",  # holds its place: a name of digits alone is no number
        "strength": "B" if read == "full" else "C",
    }
    return {key: text for key, text in keys.items() if text}


def _chosen(told: Mapping[str, str], field: str) -> str:
    """The id at the end of a chosen line."""
    found = _ID.search(told.get(field, ""))
    return found[1] if found else ""


def _value(text: str, code: Code) -> dict[str, Any]:
    """The value and its unit, as far as the text is one; otherwise the text, which the check will refuse."""
    plain = text.translate(_DIGITS).strip().rstrip("%٪ ")
    word = plain.casefold()
    if code.type == "flag":
        return {"value": True if word in _YES else False if word in _NO else text}
    if code.type == "choice":
        ids = {fold(str(name)): c.id for c in code.choices for name in (c.id, c.label.en, c.label.ar) if name}
        return {"value": ids.get(fold(plain), text)}
    try:
        number = float(plain)
    except ValueError:
        return {"value": text}
    whole = int(number) if number.is_integer() else number
    share = round(number / 100, 6) if code.type == "share" and plain != text.translate(_DIGITS).strip() else whole
    return {"value": share} | ({"unit": code.unit} if code.unit else {})


def agency_of(text: str, dataset: Dataset) -> str | None:
    """The one agency that a text names, by its id or by its whole name in either language; the longest name counts."""
    ids = [id for id in re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", text) if id in dataset.agencies]
    if ids:
        return str(ids[0]) if len(set(ids)) == 1 else None
    told = _words(text)
    found: dict[int, set[str]] = {}
    for id, agency in dataset.agencies.items():
        for name in filter(None, (agency.profile.name.en, agency.profile.name.ar)):
            if _words(name) in told:
                found.setdefault(len(_words(name)), set()).add(id)
    longest = found[max(found)] if found else set()
    return next(iter(longest)) if len(longest) == 1 else None


def _words(text: str) -> str:
    """The words of a text, folded, each between spaces."""
    return f" {' '.join(_WORD.findall(fold(text)))} "
