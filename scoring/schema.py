"""JSON Schemas of the data files, generated from the models, so that editors help while typing.

`python -m scoring.schema --write` writes them to `schema/`; without `--write` it says which are stale.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from scoring.model import (
    About,
    Codebook,
    Correction,
    Enquiry,
    Evidence,
    Exhibit,
    Manifest,
    Methodology,
    PeerGroup,
    Profile,
    Reply,
    Stage,
    Vocabulary,
)

FOLDER = Path(__file__).parent.parent / "schema"

# name → (what the file holds, title, description)
_FILES: dict[str, tuple[Any, str, str]] = {
    "profile": (Profile, "Agency profile", "data/agencies/<country>/<agency>/profile.yml: who an agency is"),
    "evidence": (
        list[Evidence],
        "Evidence",
        "data/agencies/<country>/<agency>/evidence.yml and evidence-….yml: sourced findings about one agency",
    ),
    "enquiries": (
        list[Enquiry],
        "Test enquiries",
        "data/agencies/<country>/<agency>/enquiries.yml: questions put to the agency in public, and its answers",
    ),
    "replies": (
        list[Reply],
        "Replies",
        "data/agencies/<country>/<agency>/replies.yml: the agency's own answers, and what they dispute",
    ),
    "stages": (
        list[Stage],
        "Stages",
        "data/agencies/<country>/<agency>/stages.yml: how far the assessment has come, oldest first",
    ),
    "codebook": (Codebook, "Codebook", "data/codebook.yml: how posts of a sample are coded"),
    "about": (About, "About", "data/about.yml: what the data set is; it may be left out"),
    "exhibits": (list[Exhibit], "Exhibits", "data/exhibits.yml: what behaviour looks like in open data"),
    "edition": (Manifest, "Frozen edition", "data/editions/<id>/edition.yml: written by `hiwar freeze`, never by hand"),
    "corrections": (
        list[Correction],
        "Corrections",
        "data/editions/corrections.yml: what was wrong in frozen editions; `hiwar correct` adds to it",
    ),
    "methodology": (Methodology, "Methodology", "data/methodology.yml: what is measured, and what it weighs"),
    "vocabulary": (Vocabulary, "Vocabulary", "data/vocabulary.yml: the closed lists, named in both languages"),
    "peer_groups": (list[PeerGroup], "Peer groups", "data/peer_groups.yml: who is compared with whom first"),
}

_NAME = {"en": "Ministry of Tides", "ar": "وزارة المدّ والجزر"}
_EXAMPLES: dict[str, list[Any]] = {
    "profile": [
        {
            "id": "qa-ministry-of-tides",
            "name": _NAME,
            "country": "QA",
            "level": "national",
            "sector": "environment",
            "accounts": [{"platform": "x", "handle": "@tides_qa", "since": "2015-03"}],
        }
    ],
    "evidence": [
        [
            {
                "id": "qa-mot-2026.reply_commitment",
                "code": "reply_commitment",
                "value": "time-bound",
                "channel": "x",
                "finding": {"en": "Replies are promised within a day.", "ar": "تعد الوزارة بالرد خلال يوم."},
                "source": {
                    "url": "https://tides.example/policy",
                    "language": "ar",
                    "kind": "own_page",
                    "read": "excerpt",
                },
                "observed": "2026-11-22",
                "strength": "C",
            }
        ]
    ],
    "enquiries": [
        [
            {
                "id": "qa-mot-2026-11.e01",
                "asked": "2026-11-02T09:30+03:00",
                "channel": "x",
                "language": "ar",
                "segment": "fishers",
                "answered": "2026-11-02T14:05+03:00",
                "gave": "next_step",
                "tester": "t1",
            }
        ]
    ],
    "vocabulary": [
        {
            "countries": [{"id": "QA", "name": {"en": "Qatar", "ar": "قطر"}}],
            "levels": [{"id": "national", "name": {"en": "National", "ar": "وطني"}}],
            "sectors": [{"id": "environment", "name": {"en": "Environment", "ar": "البيئة"}}],
            "platforms": [{"id": "x", "name": {"en": "X", "ar": "إكس"}}],
            "channels": [{"id": "x", "name": {"en": "X", "ar": "إكس"}, "social": True}],
            "source_kinds": [{"id": "own_page", "name": {"en": "Own page", "ar": "صفحة الجهة"}}],
            "units": [{"id": "hours", "name": {"en": "hours", "ar": "ساعة"}}],
            "counts": [{"id": "received", "name": {"en": "Received", "ar": "الوارد"}}],
            "languages": [{"id": "ar", "name": {"en": "Arabic", "ar": "العربية"}}],
        }
    ],
    "peer_groups": [[{"id": "qa-national", "name": _NAME, "country": "QA", "level": "national"}]],
}


class _Generator(GenerateJsonSchema):
    """Draft 2020-12, without titles that repeat a field's name, and without null: unknown keys are left out."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def nullable_schema(self, schema: Any) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: Any) -> JsonSchemaValue:
        has_default = schema.get("default") is not None or "default_factory" in schema
        return super().default_schema(schema) if has_default else self.generate_inner(schema["schema"])


def schemas() -> dict[str, str]:
    """The text of each schema by name of the file."""
    return {name: _text(name) for name in _FILES}


def schema(name: str) -> dict[str, Any]:
    """The schema of one file, its fields in the order of the model."""
    model, title, description = _FILES[name]
    shape = TypeAdapter(model).json_schema(schema_generator=_Generator)
    head: dict[str, Any] = {"$schema": GenerateJsonSchema.schema_dialect, "title": title, "description": description}
    if name in _EXAMPLES:
        head["examples"] = _EXAMPLES[name]
    return {**shape, **head}


def _text(name: str) -> str:
    return json.dumps(schema(name), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def stale(folder: Path = FOLDER) -> list[str]:
    """Names of the schemas whose file differs from the models."""
    texts = schemas().items()
    return [name for name, text in texts if _read(folder / f"{name}.json") != text]


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def main(arguments: list[str]) -> int:
    """Write the schemas, or say which are stale (exit status 1)."""
    names = stale()
    for name in names:
        if "--write" in arguments:
            (FOLDER / f"{name}.json").write_text(schemas()[name], encoding="utf-8")
        else:
            print(f"schema/{name}.json is stale: run python -m scoring.schema --write")
    return 1 if names and "--write" not in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
