"""What each kind of table becomes: which columns it may come with, what is written, and which rows are refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

# Moments as open data write them. Dates with slashes have the month first, as in the United States' exports.
FORMATS = (
    "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d",
    "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%m/%d/%Y", "%a %b %d %H:%M:%S +0000 %Y",
)  # fmt: skip
# After the minutes or seconds: a fraction, which is dropped, and how far the clock is from universal time.
_TAIL = r"(:\d\d)(?:\.\d+)?\s*(Z|UTC|GMT|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)?$"


@dataclass(frozen=True)
class Reason:
    """Why a row is refused: a code, what is told, and the SQL condition on the written columns."""

    code: str
    en: str
    ar: str
    when: str


@dataclass(frozen=True)
class Shape:
    """A kind of table.

    `written` gives each output column as SQL over the input fields (`"id"`, …; a field that is missing is NULL). The
    rest is SQL over the written columns and, called `…_given`, over the input: rows with one `key` are the same thing,
    and of them the one with the highest `better` (a whole number from 0) is kept. `time` is what since and until are
    told by, `channel` what --channel is, spelt as `names` in spellings.yml. `moments` are the fields to be read as
    such; `…_moment` holds them written.
    """

    kind: str
    required: tuple[str, ...]
    written: Mapping[str, str]
    reasons: tuple[Reason, ...]
    key: str
    time: str
    moments: tuple[str, ...]
    better: str = "0"
    channel: str = ""
    names: str = ""

    @property
    def columns(self) -> Mapping[str, Sequence[str]]:
        found: Mapping[str, Sequence[str]] = spellings()["columns"][self.kind]
        return found


@cache
def spellings() -> dict[str, Any]:
    text = files("scoring.imports").joinpath("spellings.yml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def quoted(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def read_moment(field: str) -> str:
    """The two parts of a moment, `…_clock` and `…_offset`, each read once from a field."""
    formats = "[" + ", ".join(map(quoted, FORMATS)) + "]"
    clock = f"try_strptime(regexp_replace(trim({field}), {quoted(_TAIL)}, '\\1'), {formats}) AS {field}_clock"
    x = f"WHEN contains({field}, ' +0000 ') THEN 'Z'"  # X writes the offset before the year
    return f"{clock}, CASE {x} ELSE regexp_extract(trim({field}), {quoted(_TAIL)}, 2) END AS {field}_offset"


def moment(field: str) -> str:
    """ISO 8601: in universal time with Z where the source gives an offset, as the source's own clock where not. What is
    outside 1900 to 2199 is a slip of the pen."""
    offset, clock = f"{field}_offset", f"{field}_clock"
    minutes = f"substr({offset}, 2, 2)::INT * 60 + if(length({offset}) > 3, right({offset}, 2), '0')::INT"
    signed = f"CASE left({offset}, 1) WHEN '-' THEN -({minutes}) WHEN '+' THEN {minutes} ELSE 0 END"
    utc = f"strftime({clock} - to_minutes({signed}), '%Y-%m-%dT%H:%M:%SZ')"
    written = f"CASE WHEN {offset} <> '' THEN {utc} ELSE strftime({clock}, '%Y-%m-%dT%H:%M:%S') END"
    return f"CASE WHEN year({clock}) BETWEEN 1900 AND 2199 THEN {written} END AS {field}_moment"


def named(spelt: str, table: str) -> str:
    """The name by which a spelling is called; an unknown one as it is."""
    for name, listed in spellings()[table].items():
        if spelt.strip().casefold() in (name, *listed):
            return str(name)
    return spelt.strip()


def _one_name(field: str, table: str, otherwise: str) -> str:
    """The name by which spellings of one thing are called."""
    known = {spelling: name for name, listed in spellings()[table].items() for spelling in [name, *listed]}
    cases = " ".join(f"WHEN {quoted(spelling)} THEN {quoted(name)}" for spelling, name in known.items())
    return f"CASE lower(trim({field})) {cases} ELSE {otherwise} END"


_GIVEN = "coalesce(trim({}), '') <> ''"
_NOT_A_MOMENT = ("the moment cannot be read", "تعذرت قراءة الوقت")
_DATE = "date_moment"
_CLOSED = (  # a table without a closing time tells it by its last update
    f"""CASE WHEN {_GIVEN.format('"closed"')} THEN closed_moment """
    f"""WHEN lower("status") = 'closed' THEN updated_moment END"""
)
# The newest state of a case: by its last update, or else closed before open.
_NEWEST = "coalesce(epoch(try_cast(coalesce(updated_moment, closed) AS TIMESTAMP))::BIGINT + 1e11::BIGINT, 0)"

REQUESTS = Shape(
    kind="requests",
    required=("id", "opened"),
    written={
        "id": 'trim("id")',
        "opened": "opened_moment",
        "first_reply": "first_reply_moment",
        "closed": _CLOSED,
        "channel": _one_name('"channel"', "channels", "coalesce(trim(\"channel\"), '')"),
        "department": 'trim("department")',
        "type": 'trim("type")',
        "status": 'lower(trim("status"))',
    },
    reasons=(
        Reason("no_id", "there is no id", "لا معرّف", "coalesce(id, '') = ''"),
        Reason("bad_opened", *_NOT_A_MOMENT, "opened IS NULL"),
        Reason("bad_reply", *_NOT_A_MOMENT, f"first_reply IS NULL AND {_GIVEN.format('first_reply_given')}"),
        Reason("bad_closed", *_NOT_A_MOMENT, f"closed IS NULL AND {_GIVEN.format('closed_given')}"),
        Reason("closed_before_opened", "closed before it was opened", "أُنهيت قبل أن تُفتح", "closed < opened"),
        Reason("reply_before_opened", "answered before it was opened", "رُدّ عليها قبل أن تُفتح", "first_reply < opened"),
    ),
    key="id",
    time="opened",
    moments=("opened", "first_reply", "closed", "updated"),
    better=_NEWEST,
    channel="channel",
    names="channels",
)

FOLLOWERS = Shape(
    kind="followers",
    required=("date", "platform", "followers"),
    written={
        "date": f"left({_DATE}, 10)",
        "agency": 'trim("agency")',
        "platform": _one_name('"platform"', "platforms", "'other'"),
        "label": 'trim("platform")',
        "url": 'trim("url")',
        "followers": "try_cast(replace(replace(trim(\"followers\"), ',', ''), ' ', '') AS BIGINT)",
    },
    reasons=(
        Reason("total", "a row of totals", "صف مجاميع", "upper(label) = 'TOTAL' OR upper(agency) = 'TOTAL'"),
        Reason("no_count", "no count is given", "لا عدد مذكور", f"NOT {_GIVEN.format('followers_given')}"),
        Reason(
            "bad_count", "the count is no whole number", "العدد ليس عدداً صحيحاً", "followers IS NULL OR followers < 0"
        ),
        Reason("bad_date", *_NOT_A_MOMENT, "date IS NULL"),
    ),
    key="concat_ws(chr(31), date, coalesce(agency, ''), coalesce(label, ''), coalesce(url, ''), followers)",
    time="date",
    moments=("date",),
    channel="platform",
    names="platforms",
)
_UNESCAPED = """replace(replace(replace("text", '&lt;', '<'), '&gt;', '>'), '&amp;', '&')"""  # as X hands texts out

POSTS = Shape(
    kind="posts",
    required=("text",),
    written={
        "id": 'trim("id")',
        "time": "time_moment",
        "url": "CASE WHEN \"url\" SIMILAR TO 'https?://.*' THEN trim(\"url\") ELSE '' END",
        "text": f"""CASE WHEN "tweet" IS NULL THEN "text" ELSE {_UNESCAPED} END""",
        "reply_to": """coalesce(nullif(trim("reply_to"), ''), nullif(trim("reply_account"), ''))""",
        "repost": """CASE WHEN lower(coalesce(trim("repost"), '')) IN ('', '0', 'false', 'no')
            THEN 'false' ELSE 'true' END""",
        "language": 'trim("language")',
        "media": 'trim("media")',
        "described_media": 'trim("described_media")',
    },
    reasons=(
        Reason("not_public", "the post is not public", "المنشور ليس عاماً", "refused_given = 'not_public'"),
        Reason("tangled", "the text has too much markup", "في النص وسوم أكثر مما يُقرأ", "refused_given = 'tangled'"),
        Reason(
            "no_text",
            "there is neither text nor media",
            "لا نص ولا وسائط",
            "coalesce(trim(text), '') = '' AND coalesce(media, '') IN ('', '0')",
        ),
        Reason("bad_time", *_NOT_A_MOMENT, f"time IS NULL AND {_GIVEN.format('time_given')}"),
    ),
    key="CASE WHEN id <> '' THEN id ELSE concat_ws(chr(31), '', coalesce(time, ''), text) END",
    time="time",
    moments=("time",),
    better="length(coalesce(text, ''))",  # a text that is cut short gives way to the whole
)
SHAPES = {shape.kind: shape for shape in (REQUESTS, FOLLOWERS, POSTS)}
BROKEN = Reason("broken_row", "the row does not have the columns of the head", "لا توافق أعمدة الصف رأس الجدول", "")
