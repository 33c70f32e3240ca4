"""An accepted issue becomes a pull request with one file that passes the check, or is told what it still needs; nothing
that a stranger writes into it acts, or reaches beyond that file."""

from __future__ import annotations

import base64
import re
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
import yaml

from scoring.contribute.issues import NO_AGENCY, NO_CODE, agency_of, answers, option
from scoring.model import Dataset
from scoring.render.finding_form import codes
from scoring.rules import check_dataset
from scoring.source.dataset import read_dataset
from tests.workflows.play_attacks import ACTS, BAIT

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
import accept  # noqa: E402

ID = "qa-ministry-of-tides"
PROFILE = (
    f"id: {ID}\nname:\n  en: Ministry of Tides\n  ar: وزارة المد\ncountry: QA\nlevel: national\nsector: transport\n"
)
TOLD = {
    "agency": "وزارة المدّ – قطر", "address": "https://tides.example.qa/social?a=1#x",
    "code": "Moderation rules · قواعد الإشراف على التعليقات (moderation_rules)", "value": "نعم",
    "finding": "تبيّن ما يُحذف من التعليقات.\n\nوتذكر السبب: «الإساءة».", "language": "Arabic · العربية (ar)",
    "kind": "The agency's own page · صفحة الجهة نفسها (own_page)", "read": "All of it · كلها (full)",
    "observed": "٢٠٢٦-١١-٢٠", "published": "2026-03", "interest": "No · لا",
}  # fmt: skip
PATH = f"contents/data/agencies/qa/{ID}/evidence-issue-7.yml"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    (folder / "agencies" / "qa" / ID).mkdir(parents=True)
    for name in ("methodology.yml", "vocabulary.yml", "peer_groups.yml", "codebook.yml"):
        shutil.copy(ROOT / "data" / name, folder)
    (folder / "agencies" / "qa" / ID / "profile.yml").write_text(PROFILE, "utf-8")
    return folder


def event(told: dict[str, str], **changed: Any) -> dict[str, Any]:
    body = "\r\n\r\n".join(f"### {accept.labels()[field]}\r\n\r\n{text}" for field, text in told.items())
    issue = {"number": 7, "user": {"login": "A-Reader"}, "body": body}
    repository = {"full_name": "hiwar/hiwar", "default_branch": "main"}
    return {"action": "labeled", "label": {"name": "accepted"}, "issue": issue, "repository": repository} | changed


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, dict[str, str]]]:
    """What would have changed on GitHub."""
    made: list[tuple[str, str, dict[str, str]]] = []

    def ask(self: object, path: str, method: str = "GET", body: dict[str, str] | None = None) -> Any:
        if method != "GET":
            made.append((method, path, body or {}))
        return {"object": {"sha": "a" * 40}}

    monkeypatch.setattr(accept.Api, "ask", ask)
    return made


def test_it_becomes_a_pull_request_whose_file_passes_the_check(data: Path, written: list[Any]) -> None:
    before = {path: path.read_bytes() for path in data.rglob("*.yml")}
    accept.accept(event(TOLD), "token", data)
    assert [one[:2] for one in written] == [("POST", "git/refs"), ("PUT", PATH), ("POST", "pulls")]
    assert before == {path: path.read_bytes() for path in data.rglob("*.yml")}, "nothing stays behind"
    content = base64.b64decode(written[1][2]["content"])
    (data / "agencies" / "qa" / ID / "evidence-issue-7.yml").write_bytes(content)
    reading = read_dataset(data)
    assert not check_dataset(reading, date(2026, 12, 1))
    assert reading.dataset is not None
    [item] = reading.dataset.agencies[ID].evidence
    assert (item.value, item.coder, item.strength, str(item.observed)) == (True, "a-reader", "B", "2026-11-20")
    assert item.finding.ar == "تبيّن ما يُحذف من التعليقات. وتذكر السبب: «الإساءة»." and item.finding.en is None
    assert written[2][2]["base"] == "main" and "Conflict" not in written[2][2]["body"]


def test_an_interest_is_told_to_the_reviewer(data: Path, written: list[Any]) -> None:
    accept.accept(event(TOLD | {"interest": "Yes, now or in the last two years · نعم"}), "token", data)
    assert "Conflict of interest" in written[2][2]["body"] and "تضارب" in written[2][2]["body"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"agency": "Ministry of Nothing"}, NO_AGENCY.ar),
        ({"code": "everything"}, NO_CODE.en),
        ({"address": "javascript:alert(1)"}, "E350"),
        ({"observed": "yesterday"}, "E201"),
        ({"value": "perhaps"}, "E33"),
        ({"finding": "_No response_"}, "E203"),
        ({"finding": "x\u202ey"}, "E108"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_else(
    data: Path, written: list[Any], changed: dict[str, str], said: str
) -> None:
    accept.accept(event(TOLD | changed), "token", data)
    [(method, path, body)] = written
    assert (method, path) == ("POST", "issues/7/comments") and said in body["body"]
    assert re.search("[\u0621-\u064a]", body["body"]) and not list(data.rglob("evidence-*"))


@pytest.mark.parametrize("field", list(TOLD))
def test_no_text_acts_or_reaches_beyond_the_file(data: Path, written: list[Any], field: str) -> None:
    bait = f"{BAIT} ../../../.github/workflows/x.yml\n\n### {accept.labels()['agency']}\n\n../../x"
    accept.accept(event(TOLD | {field: TOLD[field] + bait}), "token", data)
    assert {path for _, path, _ in written} <= {"issues/7/comments", "git/refs", PATH, "pulls"}
    for _, path, body in written:
        if path == PATH:
            [item] = yaml.safe_load(base64.b64decode(body["content"]))
            assert set(item) <= {"id", "code", "value", "finding", "source", "observed", "coder", "strength"}
        else:
            acting = ACTS.findall(body.get("body", "").replace("#7", "").replace('<div dir="rtl">', ""))
            assert not acting, acting


@pytest.mark.parametrize(
    "changed",
    [
        {"label": {"name": "evidence"}},
        {"action": "unlabeled"},
        {"issue": event(TOLD)["issue"] | {"pull_request": {}}},
        {"issue": event(TOLD)["issue"] | {"user": {"login": "robot[bot]"}}},
    ],
)
def test_only_an_accepted_issue_of_a_person_counts(data: Path, written: list[Any], changed: dict[str, Any]) -> None:
    with pytest.raises(accept.Refused):
        accept.accept(event(TOLD, **changed), "token", data)
    assert not written


def test_a_branch_that_is_there_is_left_alone(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = []

    def ask(self: object, path: str, method: str = "GET", body: object = None) -> Any:
        done.append(path)
        if path == "git/refs":
            raise HTTPError(path, 422, "exists", None, None)  # type: ignore[arg-type]
        return {"object": {"sha": "a" * 40}}

    monkeypatch.setattr(accept.Api, "ask", ask)
    with pytest.raises(accept.Refused, match="issue-7"):
        accept.accept(event(TOLD), "token", data)
    assert done[-1] == "git/refs"


def test_the_forms_lists_are_those_of_the_method(dataset: Dataset) -> None:
    """After a change of method or vocabulary: write the lines that this asks for into 1-evidence.yml."""
    form = {part.get("id"): part["attributes"] for part in yaml.safe_load(accept.FORM.read_text("utf-8"))["body"]}
    vocabulary = dataset.vocabulary
    assert form["code"]["options"] == [option(code.id, code.label) for code in codes(dataset)]
    assert form["language"]["options"] == [option(one.id, one.name) for one in vocabulary.languages]
    assert form["kind"]["options"] == [option(one.id, one.name) for one in vocabulary.source_kinds]


def test_an_agency_is_known_by_its_id_or_its_whole_name(dataset: Dataset) -> None:
    for id in list(dataset.agencies)[::40]:
        assert agency_of(f"https://hiwar.example/ar/agencies/{id}/", dataset) == id
    assert agency_of("Ministry", dataset) is None and agency_of("", dataset) is None


def test_of_a_heading_that_comes_twice_the_first_counts() -> None:
    assert answers("### A\n\none\n\n### B\n\n_No response_\n\n### A\n\ntwo", {"a": "A", "b": "B"}) == {"a": "one"}
