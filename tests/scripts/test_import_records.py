"""The bulk importer: each rule of the mapping, run again without loss, and the real evidence found whole."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml
from import_records import import_records, main
from importers.agencies import agency_id, group_by_agency, slug
from importers.decisions import read_decisions
from importers.emit import evidence_text
from importers.findings import SOCIAL
from importers.periods import period_of
from importers.records import ImportProblem, read_records

from scoring.model import Evidence
from scoring.source.dataset import read_dataset
from scoring.source.yaml_subset import read_yaml

ROOT = Path(__file__).resolve().parents[2]
FIXTURE = ROOT / "tests" / "fixtures" / "records"
SHARED = ROOT.parent / "shared" / "evidence"
RECORDS, DECISIONS, TRANSLATIONS = (FIXTURE / name for name in ("records.yml", "decisions.yml", "translations.json"))
REAL_DECISIONS = ROOT / "scripts" / "importers" / "decisions.yml"
needs_evidence = pytest.mark.skipif(not SHARED.is_dir(), reason="the founding evidence is not beside this repository")


def run(into: Path, translations: Path | None = TRANSLATIONS) -> str:
    return import_records([RECORDS], DECISIONS, into, translations)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    run(tmp_path)
    return tmp_path


def items(data: Path) -> dict[str, dict[str, object]]:
    """Every written item by id, read with the project's own reader."""
    found: dict[str, dict[str, object]] = {}
    for path in sorted(data.glob("agencies/*/*/evidence.yml")):
        document = read_yaml(path.read_bytes(), str(path))
        assert document.problems == ()
        found |= {item["id"]: item for item in document.value}
    return found


def test_the_whole_fixture_is_written_as_expected(data: Path) -> None:
    expected = FIXTURE / "expected"
    written = {p.relative_to(data): p.read_text(encoding="utf-8") for p in data.rglob("*.yml")}
    wanted = {p.relative_to(expected): p.read_text(encoding="utf-8") for p in expected.rglob("*.yml")}
    assert written == wanted


@pytest.mark.parametrize(
    ("item", "scored", "fields"),
    [
        ("qa-lanterns.policy_published", True, {"value": True, "strength": "C"}),
        ("qa-lanterns.records_retention", False, {"value": False}),
        ("qa-lanterns.audiences_named", True, {"named": ["citizens", "residents"]}),
        ("qa-lanterns-mail.audiences_named", False, {}),
        ("qa-lanterns.reply_commitment", True, {"value": "time-bound"}),
        ("qa-lanterns-mail.reply_commitment", False, {"channel": "email"}),
        ("qa-lanterns.reply_target_hours", True, {"value": 67.2, "stated": "2 working days"}),
        ("qa-lanterns-mail.reply_target_hours", False, {"value": 100.8}),
        ("gb-harbour.reply_target_hours", False, {"value": 33.6}),
        ("gb-harbour-desk.reply_target_hours", True, {"value": 179.2, "unit": "hours"}),
        ("gb-harbour.monitoring_hours_per_week", True, {"value": 45}),
        ("qa-lanterns-line.monitoring_hours_per_week", False, {"channel": "phone"}),
        ("gb-harbour-desk.measured_response", True, {"numerator": 60, "denominator": 80, "strength": "D"}),
        ("qa-lanterns-line.measured_response", False, {"counts": {"received": 50, "answered": 40}}),
        ("gb-harbour-desk.satisfaction_measured", True, {"value": 0.92, "strength": "D"}),
        ("qa-lanterns.satisfaction_measured", False, {}),
        ("qa-lanterns-line.satisfaction_measured", False, {"value": 0.915, "counts": {"raters": 1200}}),
        ("gb-harbour-desk.participation_results_published", True, {"value": True, "stated": "46 responses"}),
        ("qa-lanterns.participation_results_published", False, {}),
        ("qa-lanterns-line.participation_results_published", False, {}),
        ("gb-anchors.participation_results_published", True, {"value": False}),
        ("gb-anchors.accessibility_statement", True, {"code": "captioned_videos", "value": 0.49}),
        ("gb-harbour.accessibility_statement", True, {"code": "accessibility_statement", "value": True}),
        ("gb-harbour-desk.advertising_or_cost", True, {"code": "cost_published", "value": 0, "unit": "GBP"}),
        ("gb-harbour-calls.advertising_or_cost", False, {"stated": "17 staff"}),
        ("gb-anchors.advertising_or_cost", True, {"code": "cost_refused", "state": "documented_absence"}),
        ("gb-harbour.accounts_listed", True, {"stated": "more than 4"}),
        ("gb-harbour.other_findings", True, {"named": ["accuracy"]}),
    ],
)
def test_each_rule(data: Path, item: str, scored: bool, fields: dict[str, object]) -> None:
    found = items(data)[item]
    assert ("context" not in found) == scored
    assert {key: found.get(key) for key in fields} == fields


def test_figures_of_other_channels_are_no_rate(data: Path) -> None:
    calls = items(data)["gb-harbour-calls.measured_response"]
    assert calls["counts"] == {"received": 500, "answered": 450}
    assert {"value", "numerator", "denominator", "context"}.isdisjoint(calls)


def test_a_hijri_date_is_told_but_is_not_the_date_of_publication(data: Path) -> None:
    source = items(data)["qa-lanterns.policy_published"]["source"]
    assert isinstance(source, dict)
    assert "published" not in source
    assert "1440-03-13" in source["note"]["en"] and "1440-03-13" in source["note"]["ar"]


def test_running_again_changes_nothing(data: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in data.rglob("*")}
    assert run(data).endswith("0 agencies changed")
    assert {path: path.stat().st_mtime_ns for path in data.rglob("*")} == before


def test_arabic_stays_where_its_english_is_unchanged(data: Path) -> None:
    run(data, translations=None)
    assert items(data)["qa-lanterns.policy_published"]["finding"] == {
        "en": "A participation policy.",
        "ar": "سياسة للمشاركة.",
    }


def test_arabic_of_other_words_goes(data: Path, tmp_path: Path) -> None:
    path = data / "agencies/qa/qa-ministry-of-lanterns/evidence.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("A participation policy.", "Changed."), "utf-8")
    run(data, translations=None)
    assert items(data)["qa-lanterns.policy_published"]["finding"] == {"en": "A participation policy."}


def test_what_others_added_stays(data: Path) -> None:
    folder = data / "agencies/gb/gb-harbour-council"
    theirs = evidence_text([_evidence("gb-harbour-mine.policy_published")]).partition("\n")[2]
    path = folder / "evidence.yml"
    path.write_text(path.read_text(encoding="utf-8") + "\n" + theirs, encoding="utf-8")
    profile = folder / "profile.yml"
    profile.write_text(profile.read_text(encoding="utf-8") + "website: https://harbour.example\n", "utf-8")
    run(data)
    assert "gb-harbour-mine.policy_published" in items(data)
    assert "website: https://harbour.example" in profile.read_text(encoding="utf-8")


def test_an_item_read_again_by_a_coder_stays_as_it_is(data: Path) -> None:
    path = data / "agencies/gb/gb-harbour-council/evidence.yml"
    text = path.read_text(encoding="utf-8").replace("value: refuses", "value: monitors-only\n  coder: reader-2", 1)
    path.write_text(text, encoding="utf-8")
    run(data)
    assert items(data)["gb-harbour.reply_commitment"]["value"] == "monitors-only"


def test_nothing_is_written_into_a_broken_file(data: Path) -> None:
    path = data / "agencies/gb/gb-harbour-council/evidence.yml"
    path.write_text("- id: [\n", encoding="utf-8")
    with pytest.raises(ImportProblem, match=r"evidence\.yml.*mend this file first"):
        run(data)
    assert path.read_text(encoding="utf-8") == "- id: [\n"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("reply_commitment: {value: refuses", "reply_commitment: {value: perhaps", "gb-harbour, reply_commitment"),
        ("channel: email", "channel: pigeon", "add it to `channels` in decisions"),
        ("accessibility_statement:", "accessible:", "code 'accessible' must be one of"),
        ("source_type: result", "source_type: rumour", "`source_type` 'rumour' must be one of"),
        ("  lang: ar\n", "", "record qa-lanterns-mail: add `lang`"),
        ("id: gb-anchors", "id: gb-harbour", "the id is used twice"),
        ("level: local", "level: state", "`level`"),
    ],
)
def test_a_mistake_names_the_record_and_the_mend(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, said: str
) -> None:
    text = RECORDS.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "records.yml").write_text(text.replace(old, new, 1), encoding="utf-8")
    arguments = [str(tmp_path / "records.yml"), "--decisions", str(DECISIONS), "--into", str(tmp_path / "data")]
    assert main(arguments) == 1
    assert said in capsys.readouterr().err
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("wording", "period"),
    [
        ("2024", {"start": "2024", "end": "2024"}),
        ("2017-Q2", {"start": "2017-04", "end": "2017-06"}),
        ("2025-H1", {"start": "2025-01", "end": "2025-06"}),
        ("2018-11", {"start": "2018-11", "end": "2018-11"}),
        ("2023/24", {"start": "2023", "end": "2024", "label": "2023/24"}),
        ("May 2022-Apr 2023", {"start": "2022-05", "end": "2023-04"}),
        ("Jan-Nov 2023", {"start": "2023-01", "end": "2023-11"}),
        ("1 Jan-12 Jun 2021", {"start": "2021-01-01", "end": "2021-06-12"}),
        ("Jan-27 Nov 2023", {"start": "2023-01", "end": "2023-11-27"}),
        ("2020-03-15..04-18", {"start": "2020-03-15", "end": "2020-04-18"}),
        ("2025-10-05..18", {"start": "2025-10-05", "end": "2025-10-18"}),
        ("2022-03-04/2022-04-11", {"start": "2022-03-04", "end": "2022-04-11"}),
        ("April, year not shown", {"label": "April, year not shown"}),
        ("to Apr 2021", {"end": "2021-04", "label": "to Apr 2021"}),
    ],
)
def test_periods_only_where_certain(wording: str, period: dict[str, str]) -> None:
    assert period_of(wording, {"to Apr 2021": {"end": "2021-04"}}) == period


def test_ids_are_short_plain_and_stable() -> None:
    assert slug("Dún Laoghaire & Co.") == "dun-laoghaire-and-co"
    assert agency_id("GB", "Hunter's Hill Council") == "gb-hunters-hill-council"
    long = agency_id("IE", "Department of Children, Equality, Disability, Integration and Youth")
    assert long == "ie-department-of-children-equality-disability-integration" and len(long) <= 60


@pytest.mark.parametrize(
    "text", ["yes", "no", "2015", "1.5", "2024-01-09", "12:30", "- a", "a: b", "#x", "٣٫٥", "null", " x"]
)
def test_texts_that_look_like_something_else_come_back_as_texts(text: str) -> None:
    item = _evidence("gb-x.policy_published").model_copy(update={"stated": text, "named": (text,)})
    document = read_yaml(evidence_text([item]).encode(), "evidence.yml")
    assert document.problems == ()
    assert Evidence.model_validate(document.value[0]) == item


def _evidence(item: str) -> Evidence:
    return Evidence.model_validate(
        {
            "id": item,
            "code": "policy_published",
            "value": True,
            "finding": {"en": "Read again."},
            "source": {"url": "https://harbour.example/x", "language": "en", "kind": "own_page", "read": "full"},
            "observed": date(2026, 11, 23),
            "strength": "B",
        }
    )


# --- the real evidence ------------------------------------------------------------------------------------


@needs_evidence
def test_every_agency_and_every_code_of_the_evidence_is_in_the_data() -> None:
    reading = read_dataset(ROOT / "data")
    assert reading.dataset is not None
    held = {item.id: agency for agency in reading.dataset.agencies.values() for item in agency.evidence}
    records = read_records(sorted(SHARED.glob("*.yml")))
    assert len(records) == 747
    wanted = {f"{record.id}.{code}" for record in records for code in record.codes}
    wanted |= {f"{record.id}.other_findings" for record in records if record.other_findings}
    assert wanted - held.keys() == set()
    for group in group_by_agency(records, read_decisions(REAL_DECISIONS)):
        assert {held[f"{r.id}.{code}"].profile.id for r in group.records for code in r.codes} == {group.profile.id}


@needs_evidence
def test_importing_the_evidence_again_leaves_the_data_as_it_is(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data" / "agencies", tmp_path / "agencies")
    said = import_records(sorted(SHARED.glob("*.yml")), REAL_DECISIONS, tmp_path, None)
    assert said.endswith("0 agencies changed")


def test_every_decision_has_a_reason() -> None:
    decided = read_decisions(REAL_DECISIONS)
    assert all(d.because.strip() for d in [*decided.agencies, *decided.items.values()])


def test_social_channels_are_those_of_the_vocabulary() -> None:
    vocabulary = yaml.safe_load((ROOT / "data" / "vocabulary.yml").read_text(encoding="utf-8"))
    known = {term["id"] for term in vocabulary["channels"] if term.get("social")}
    assert known >= SOCIAL
