"""What `hiwar new` asks for each kind of file, in both languages; knows no terminal and no file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol

from pydantic import BaseModel

from scoring.model import Dataset, Enquiry, Evidence, Profile, Reply
from scoring.problems import Problem
from scoring.sheets import plain_yaml
from scoring.source.scalars import resolve
from scoring.source.shape_messages import MISSING_KEY, NO_LANGUAGE
from scoring.source.validate import validate
from scoring.source.yaml_subset import read_yaml

Kind = Literal["agency", "evidence", "enquiries", "reply"]
MODELS: dict[str, type[BaseModel]] = {"agency": Profile, "evidence": Evidence, "enquiries": Enquiry, "reply": Reply}
FILES = {"agency": "profile", "evidence": "evidence", "enquiries": "enquiries", "reply": "replies"}


class _Known(Protocol):
    @property
    def id(self) -> str: ...


@dataclass(frozen=True)
class Question:
    """One thing to be known: its key (`source.url`), how it is asked for (English, Arabic), whether it may stay empty,
    the closed list that it is chosen from, and what stands where nothing is said."""

    key: str
    words: tuple[str, str]
    optional: bool = False
    choices: tuple[str, ...] = ()
    default: str = ""


def questions(kind: Kind, dataset: Dataset, today: date) -> tuple[Question, ...]:
    """What is asked for a kind, in the order of the file."""
    v, ids = dataset.vocabulary, _ids
    day, languages = str(today), ids(v.languages)
    asked: Mapping[str, tuple[Question, ...]] = {
        "agency": (
            Question("name.en", ("Name in English, as it writes it", "الاسم بالإنجليزية كما تكتبه الجهة"), True),
            Question("name.ar", ("Name in Arabic, as it writes it", "الاسم بالعربية كما تكتبه الجهة"), True),
            Question("country", ("Country", "البلد"), choices=ids(v.countries)),
            Question("level", ("Level", "المستوى"), choices=ids(v.levels)),
            Question("sector", ("Sector", "القطاع"), choices=ids(v.sectors)),
            Question("website", ("Address of its website", "عنوان موقعها"), True),
        ),
        "evidence": (
            Question("code", ("What was looked for", "ما الذي بحثت عنه"), choices=ids(dataset.methodology.codes)),
            Question("value", ("The value: true, false, a number or a choice; empty for words only",
                               "القيمة: true أو false أو عدد أو خيار؛ اتركها إن كان ما وجدته كلاماً فقط"), True),
            Question("finding.en", ("What the page supports, in your words, in English",
                                    "ما تدل عليه الصفحة بكلماتك، بالإنجليزية"), True),
            Question("finding.ar", ("What the page supports, in your words, in Arabic",
                                    "ما تدل عليه الصفحة بكلماتك، بالعربية"), True),
            Question("source.url", ("Address of the page", "رابط الصفحة")),
            Question("source.title", ("Title of the page", "عنوان الصفحة كما هو فيها"), True),
            Question("source.language", ("Language of the page", "لغة الصفحة"), choices=languages, default="ar"),
            Question("source.kind", ("Kind of source", "نوع المصدر"), choices=ids(v.source_kinds), default="own_page"),
            Question("source.published", ("When it was made: a day, a month or a year, if the page says so",
                                          "تاريخها: يوم أو شهر أو سنة، إن ذكرته الصفحة"), True),
            Question("source.read", ("How much of it you read", "كم قرأت منها"), choices=("excerpt", "full")),
            Question("observed", ("The day you read it", "اليوم الذي قرأتها فيه"), default=day),
            Question("coder", ("Your short name among the contributors", "اسمك القصير بين المساهمين"), True),
            Question("strength", ("How strong it is: A two readers and an archived copy, B one reader in full, "
                                  "C read in part or reported, D the agency's own figure about itself",
                                  "قوة الدليل: A قارئان ونسخة محفوظة، B قارئ واحد كاملاً، "
                                  "C قُرئ جزء منه أو نُقل عن غيره، D رقم تعلنه الجهة عن أدائها"), choices=tuple("ABCD")),
        ),
        "enquiries": (
            Question("asked", ("When you asked: 2026-11-02T09:30+03:00", "متى سألت: 2026-11-02T09:30+03:00")),
            Question("channel", ("Where", "أين"), choices=ids(v.channels)),
            Question("language", ("In which language", "بأي لغة"), choices=languages, default="ar"),
            Question("kind", ("Was the question neutral or critical", "هل السؤال محايد أم ناقد"),
                     choices=("neutral", "critical"), default="neutral"),
            Question("answered", ("When a person answered, if one did", "متى أجاب شخص، إن أجاب أحد"), True),
            Question("watched_until", ("Until when you watched for an answer", "إلى متى انتظرت الجواب"), True),
            Question("gave", ("What the answer gave", "ماذا أعطى الجواب"), True,
                     ("solution", "next_step", "link", "archive", "nothing")),
            Question("tester", ("Your short name among the contributors", "اسمك القصير بين المساهمين")),
        ),
        "reply": (
            Question("received", ("The day it came", "يوم وصوله"), default=day),
            Question("office.en", ("The office that answers, in English", "المكتب الذي يرد، بالإنجليزية"), True),
            Question("office.ar", ("The office that answers, in Arabic", "المكتب الذي يرد، بالعربية"), True),
            Question("language", ("Its language", "اللغة التي أُرسل بها"), choices=languages, default="ar"),
            Question("text.en", ("The text as sent, if in English", "النص كما أُرسل إن كان بالإنجليزية"), True),
            Question("text.ar", ("The text as sent, if in Arabic", "النص كما أُرسل إن كان بالعربية"), True),
            Question("url", ("Where the agency published it", "أين نشرته الجهة"), True),
        ),
    }  # fmt: skip
    return asked[kind]


def _ids(terms: Iterable[_Known]) -> tuple[str, ...]:
    return tuple(term.id for term in terms)


def problems(kind: Kind, key: str, answer: str) -> list[Problem]:
    """What is wrong with one answer by the rules of the model; what is still to be asked is not."""
    item = nested({key: answer})
    document = read_yaml(plain_yaml([item]).encode(), "")
    _, found = validate(MODELS[kind], document, (0,))
    later = {MISSING_KEY.code, NO_LANGUAGE.code}
    return [*document.problems, *(one for one in found if one.code not in later)]


def nested(answers: Mapping[str, str]) -> dict[str, Any]:
    """Answers as the file holds them: `source.url` is the `url` of `source`; numbers and dates are no texts."""
    made: dict[str, Any] = {}
    for key, answer in answers.items():
        *above, last = key.split(".")
        place = made
        for step in above:
            place = place.setdefault(step, {})
        place[last] = answer if last in ("en", "ar", "title", "url") else _scalar(answer)
    return made


def _scalar(answer: str) -> Any:
    """A number, a date or a truth value where the data files' reader takes it for one."""
    value, problem, _ = resolve(answer)
    return answer if problem else value


def identified(kind: Kind, agency: str, answers: Mapping[str, str], taken: Sequence[str]) -> str:
    """An id by the conventions that stand: agency, month, then what it is; with a number where that is taken."""
    when = {"evidence": "observed", "enquiries": "asked", "reply": "received"}
    if kind == "agency":
        return agency
    stem = f"{agency}-{answers[when[kind]][:7]}"
    if kind == "evidence":
        return next(one for one in _numbered(f"{stem}.{answers['code']}") if one not in taken)
    letter = "e" if kind == "enquiries" else "r"
    return next(one for n in range(1, 10_000) if (one := f"{stem}.{letter}{n:02}") not in taken)


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    yield from (f"{stem}-{n}" for n in range(2, 10_000))


def slug(country: str, name: str) -> str:
    """An agency's id from its English name: `qa-ministry-of-labour`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return f"{country.lower()}-{re.sub(r'[^a-z0-9]+', '-', plain).strip('-')}"[:80].strip("-")
