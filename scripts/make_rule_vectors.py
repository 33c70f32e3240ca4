"""Make tests/vectors/finding.json: findings as a person might write them, right and wrong, and the codes that
`hiwar check` gives each.

The form's own checks (theme/assets/js/finding-rules.js) must give the same codes. To add a finding: put it, with the
key it is wrong at, into FINDINGS. Run it after the rules have changed:  .venv/bin/python scripts/make_rule_vectors.py
"""

from __future__ import annotations

import json
import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from scoring.render.finding_form import finding_document
from scoring.render.view import View
from scoring.results import compute
from scoring.rules import check_dataset
from scoring.sheets import plain_yaml
from scoring.source.dataset import read_dataset

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "tests" / "vectors" / "finding.json"
TODAY = date(2026, 11, 24)
AGENCY = "qa-ministry-of-tides"
METHOD = ("methodology.yml", "vocabulary.yml", "peer_groups.yml", "codebook.yml")
PROFILE = f"id: {AGENCY}\nname:\n  en: Ministry of Tides\ncountry: QA\nlevel: national\nsector: transport\n"
RIGHT: dict[str, Any] = {
    "id": "qa-tides-2026-11.moderation_rules", "code": "moderation_rules", "value": True, "channel": "x",
    "finding": {"en": "Says what is deleted, and why.", "ar": "تبيّن ما يُحذف ولماذا."},
    "source": {
        "url": "https://tides.example.qa/social?a=1&b=2#rules", "title": "قواعد المشاركة", "language": "ar",
        "kind": "own_page", "published": "2026-03", "read": "full",
    },
    "observed": "2026-11-20", "coder": "reader-7", "strength": "B",
}  # fmt: skip
LONG = "ط" * 2001
# (what is changed: key → value, None leaves the key out; the key it is wrong at)
FINDINGS: list[tuple[dict[str, Any], str]] = [
    ({}, ""),
    ({"finding.en": None}, ""),
    ({"finding.en": None, "finding.ar": None}, "finding"),
    ({"finding.ar": LONG}, "finding.ar"),
    ({"value": None}, "value"),
    ({"code": None}, "code"),
    ({"source.url": None}, "source.url"),
    ({"source.read": None}, "source.read"),
    ({"source.language": None, "observed": None}, "source.language observed"),
    ({"code": "reply_commitment", "value": "time-bound"}, ""),
    ({"code": "languages", "value": None}, ""),
    ({"code": "reply_target_hours", "value": 24, "unit": "hours"}, ""),
    ({"code": "reply_target_hours", "value": 24}, "value"),
    ({"code": "reply_target_hours", "value": -2, "unit": "hours"}, "value"),
    ({"code": "mentions_balance", "value": -0.4, "unit": "minus1_to_1"}, ""),
    ({"code": "cost_published", "value": 120000, "unit": "QAR"}, ""),
    ({"code": "cost_published", "value": 120000, "unit": "riyals"}, "unit"),
    ({"code": "captioned_videos", "value": 0.85, "unit": "share"}, ""),
    ({"code": "captioned_videos", "value": 85, "unit": "share"}, "value"),
    ({"code": "captioned_videos", "value": 0.5, "unit": "share", "numerator": 1, "denominator": 2}, ""),
    ({"code": "captioned_videos", "value": 0.5, "unit": "share", "numerator": 1, "denominator": 3}, "value"),
    ({"code": "captioned_videos", "value": None, "numerator": 4, "denominator": 3}, "numerator"),
    ({"code": "captioned_videos", "value": None, "numerator": 4}, "numerator"),
    ({"code": "captioned_videos", "value": None, "numerator": -1, "denominator": 3}, "numerator"),
    ({"code": "captioned_videos", "value": None, "numerator": 0, "denominator": 0}, "denominator"),
    ({"code": "captioned_videos", "value": None, "numerator": 2.5, "denominator": 5}, "numerator"),
    ({"code": "cost_published", "value": 1234567890123456, "unit": "QAR"}, "value"),
    ({"code": "cost_published", "value": 123456789012345, "unit": "QAR"}, ""),
    ({"observed": "2026-11-25"}, "observed"),
    ({"observed": "1999-11-25", "source.published": None}, "observed"),
    ({"source.published": "2026-11-21"}, "source.published"),
    ({"source.published": "2026-12"}, "source.published"),
    ({"source.published": "2026-02-30"}, "source.published"),
    ({"source.published": "1998"}, "source.published"),
    ({"source.published": "March 2026"}, "source.published"),
    ({"source.published": "2026-13"}, "source.published"),
    ({"source.published": "2026-11"}, ""),
    ({"coder": "Reader 7"}, "coder"),
    ({"coder": "قارئ"}, "coder"),
    ({"coder": None}, ""),
    *(({"source.url": address}, "source.url") for address in (
        "tides.example.qa/social", "ftp://tides.example.qa/", "javascript:alert(1)//", "http:/x", "HTTPS//x.qa",
        "https://user:word@tides.example.qa/", "https://localhost/rules", "https://10.0.0.1/rules", "https://tides/",
        "https://[::1]/rules", "https://tides.example.qa:8080/", "https://tides.example.qa:port/", "https://a b.qa/",
        "https://tides.example.qa/&amp;x", "https://tides.ex\u0430mple.qa/", "https://\u0430\u0440\u0440\u04cf\u0435.com/",
        "https://xn--80ak6aa92e.com/", "https://tides\u3002qa/", "https://-tides.qa/", "https://tides..qa/",
        "https://tides.example.qa/<x>", "https://0x7f.1/", "https://printer.local/", "https://x.qa/\\y",
    )),
    *(({"source.url": address}, "") for address in (
        "http://tides.example.qa", "https://tides.example.qa:443/", "HTTPS://TIDES.EXAMPLE.QA/A",
        "https://موقع.وزارة-الأمثلة.قطر/صفحة", "https://xn--mgbh0fb.xn--kgbechtv/", "https://tides.example.qa./x",
        "https://tides.example.qa/%D9%85?q=a:b@c", "https://مثال.qa/",
    )),
    *(({"finding.ar": f"كلمة {text} كلمة"}, "finding.ar") for text in (
        "\u202e", "\u2066", "\u2069", "\u200b", "\ufeff", "\u00ad", "\u0007", "\u0085", "\u2028",
        "\ue000", "\ufdd0", "\u3164", "\ufe0f",
        "a\u0301\u0302\u0303\u0304\u0305", "كــتاب", "ﻛﺘﺎب", "\u034f",
    )),
    *(({"finding.ar": text}, "") for text in (
        "نصّ «عربي» مُشكَّل، فيه 12٪ وﷺ وLatin (2026).", "می‌خواهم", "قبل \u2066ABC\u2069 بعد", "هـ 1447",
        "# ليس تعليقاً: \"اقتباس\" \\ و'آخر'",
        "- ليست قائمة", "yes", "null", "👍 حسن", "=SUM(A1)", "<b>لا</b> {{ }} &amp;",
    )),
]  # fmt: skip


def made(changes: dict[str, Any]) -> dict[str, Any]:
    """The right finding with its changes; a key left out takes an empty parent with it only where that is meant."""
    item = json.loads(json.dumps(RIGHT))
    for key, value in changes.items():
        *above, last = key.split(".")
        place = item
        for step in above:
            place = place[step]
        place.pop(last, None) if value is None else place.update({last: value})
    order = list(dict.fromkeys([*("id", "code", "value", "unit", "numerator", "denominator"), *item]))
    return {key: item[key] for key in order if key in item}


def vectors() -> str:
    items = [made(changes) for changes, _ in FINDINGS]
    with tempfile.TemporaryDirectory() as name:
        codes, book = _checked(Path(name), items)
    cases = [
        {"item": item, "keys": keys.split(), "codes": found}
        for item, (_, keys), found in zip(items, FINDINGS, codes, strict=True)
    ]
    told = {"today": str(TODAY), "book": book, "cases": cases}
    return json.dumps(told, ensure_ascii=True, indent=1) + "\n"


def _checked(root: Path, items: list[dict[str, Any]]) -> tuple[list[list[str]], dict[str, Any]]:
    """The codes that each finding is given, as a file of its own in a data folder; and the form's document of it."""
    folder = root / "agencies" / "qa" / AGENCY
    folder.mkdir(parents=True)
    for name in METHOD:
        shutil.copy(ROOT / "data" / name, root)
    (folder / "profile.yml").write_text(PROFILE, encoding="utf-8")
    for n, item in enumerate(items):
        told = item | ({"id": f"{item['id']}-{n}"})
        (folder / f"evidence-{n:03}.yml").write_bytes(plain_yaml([_dated(told)]).encode("utf-8", "surrogatepass"))
    reading = read_dataset(root)
    assert reading.dataset is not None
    found: list[set[str]] = [set() for _ in items]
    for problem in check_dataset(reading, TODAY):
        assert Path(problem.path).name.startswith("evidence-"), problem
        found[int(Path(problem.path).stem.removeprefix("evidence-"))].add(problem.code)
    book = finding_document(View(compute(reading.dataset, TODAY)))
    return [sorted(codes) for codes in found], book


def _dated(item: dict[str, Any]) -> dict[str, Any]:
    """Days as days: YAML knows them by their form."""
    return item | ({"observed": date.fromisoformat(item["observed"])} if "observed" in item else {})


if __name__ == "__main__":
    TARGET.write_text(vectors(), encoding="utf-8")
