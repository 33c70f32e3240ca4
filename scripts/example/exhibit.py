"""An exhibit of the fictional example: how soon its own made-up questions were answered, by language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

import yaml

from example.emit import LABEL, block
from scoring.instruments.times import answered_by
from scoring.model import Enquiry

LEVEL, WINDOW, DAY = 0.95, 72.0, 24.0
LANGUAGES = {"ar": {"en": "In Arabic", "ar": "بالعربية"}, "en": {"en": "In English", "ar": "بالإنجليزية"}}
EN = "All questions of the example, 2024 to 2026. Fictional."
AR = "كل أسئلة المثال، من 2024 إلى 2026. متخيَّل."


def exhibit_file(files: Mapping[str, str]) -> str:
    """`exhibits.yml`, counted from the enquiries among the generated files."""
    texts = [text for path, text in sorted(files.items()) if path.endswith("/enquiries.yml")]
    asked = [Enquiry.model_validate(one | {"id": str(one["id"])}) for text in texts for one in _load(text)]
    bars = [_bar(name, [e for e in asked if e.language == language]) for language, name in LANGUAGES.items()]
    return LABEL + block([_exhibit(bars, len(asked), sha256("".join(texts).encode()).hexdigest())])


def _load(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.load(text, Loader=yaml.BaseLoader)
    return found


def _bar(name: Mapping[str, str], asked: Sequence[Enquiry]) -> dict[str, Any]:
    hours = [e.hours(until) if (until := e.answered or e.watched_until) else WINDOW for e in asked]
    value, low, high = answered_by(hours, [e.answered is not None for e in asked], DAY, LEVEL)
    ends = {"value": round(value, 4), "low": round(low, 4), "high": round(high, 4)}
    return {"name": dict(name), **ends, "denominator": len(asked)}


def _exhibit(bars: Sequence[Mapping[str, Any]], rows: int, checksum: str) -> dict[str, Any]:
    return {
        "id": "sample-first-day",
        "title": {"en": "Answered within a day (fictional)", "ar": "أُجيب خلال يوم (متخيَّل)"},
        "question": {"en": "Does the language of a question matter?", "ar": "هل للغة السؤال أثر؟"},
        "answer": {
            "en": f"Of {rows:,} made-up questions, the share answered within a day, by language. Nobody asked any.",
            "ar": f"حصة ما أُجيب عنه خلال يوم من أسئلة متخيَّلة عددها {rows:,}، بحسب اللغة. ولم يُطرح أي سؤال منها.",
        },
        "period": {"start": "2024-09", "end": "2026-11"},
        "sources": [
            {
                "name": {"en": EN, "ar": AR},
                "publisher": {"en": "Republic of Sample (fictional)", "ar": "جمهورية المثال (متخيَّلة)"},
                "url": "https://sample.example/enquiries",
                "licence": {"en": "Made up by a program", "ar": "ولّدها برنامج"},
                "file": "enquiries.yml",
                "sha256": checksum,
                "rows": rows,
            }
        ],
        "panels": [
            {
                "id": "within-a-day",
                "title": {"en": "Answered within 24 hours", "ar": "أُجيب خلال 24 ساعة"},
                "sentence": {"en": "Shares with 95% intervals. Fictional.", "ar": "النسب ومداها بثقة 95%. متخيَّل."},
                "unit": "share",
                "lowest": 0,
                "highest": 1,
                "bars": list(bars),
            }
        ],
        "method": [{"en": "Kaplan and Meier 1958.", "ar": "طريقة Kaplan and Meier 1958."}],
        "caveats": [{"en": "Nothing here is real.", "ar": "ليس هنا شيء حقيقي."}],
    }
