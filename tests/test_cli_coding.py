"""From an export of posts to evidence that passes the checks, by the commands and the coding page."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from scoring.cli import main
from scoring.results import compute
from scoring.source.dataset import read_dataset

ROOT = Path(__file__).resolve().parent.parent
BODY = "qa-ministry-of-tides"
HOSTILE = '=HYPERLINK("https://evil.example") </script><img src=x onerror=alert(1)> زار معالي الوزير 12 مركزاً'
ANSWERS = {
    "reply": "broadcast", "service_information": "yes", "direct_link": "no", "languages": "official",
    "segment": "women", "checkable_fact": "no", "achievement": "none", "person_led": "yes",
    "praise_without_content": "no", "accessible_media": "no_media",
}  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with the real method and codebook, and one fictional agency."""
    folder = tmp_path / "data"
    (folder / f"agencies/qa/{BODY}").mkdir(parents=True)
    for name in ("methodology.yml", "vocabulary.yml", "peer_groups.yml", "codebook.yml"):
        shutil.copy(ROOT / "data" / name, folder)
    profile = {
        "id": BODY,
        "name": {"en": "Ministry of Tides"},
        "country": "QA",
        "level": "national",
        "sector": "environment",
    }
    (folder / f"agencies/qa/{BODY}/profile.yml").write_text(yaml.safe_dump(profile), encoding="utf-8")
    return folder


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Thirty posts, one of them hostile, one twice, a repost and an empty one."""
    path = tmp_path / "posts.csv"
    rows = [
        [f"18{n:016d}", f"Post {n}", f"2026-10-{1 + n % 30:02d}T10:00Z", "https://x.example/1", "false"]
        for n in range(29)
    ]
    rows += [["7", HOSTILE, "2026-10-30T10:00Z", "javascript:alert(1)", ""], rows[0]]
    rows += [["8", "RT of others", "", "", "true"], ["9", "", "", "", ""]]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["id", "text", "time", "url", "repost"], *rows])
    return path


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def save_sheet(folder: Path, coder: str, delimiter: str = ",", **changed: str) -> None:
    """Everything answered alike, but for questions of the first post."""
    rows = [row | ANSWERS for row in rows_of(folder / "sheet.csv")]
    rows[0] |= changed
    with (folder / f"sheet-{coder}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def sampled(export: Path, data: Path, n: int = 30) -> Path:
    folder = export.parent / "drawn"
    assert main(["sample", str(export), "--seed", "7", "--n", str(n), "--to", str(folder), "--data", str(data)]) == 0
    return folder


def test_a_sample_says_what_it_was_drawn_from(export: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = sampled(export, data)
    about = yaml.safe_load((folder / "sample.yml").read_text(encoding="utf-8"))
    assert (about["n"], about["frame"], about["seed"]) == (30, 30, 7)
    assert about["left_out"] == {"reposts": 1, "without text": 1, "repeated": 1}
    assert "30 of 30 posts drawn" in capsys.readouterr().out
    again = {p.name: p.read_bytes() for p in folder.iterdir()}
    sampled(export, data)
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == again


def test_hostile_posts_stay_text_in_sheet_and_page(export: Path, data: Path) -> None:
    folder = sampled(export, data)
    hostile = next(row for row in rows_of(folder / "sheet.csv") if "HYPERLINK" in row["text"])
    assert hostile["text"] == f"'{HOSTILE}"
    assert (hostile["proposed_names_official"], hostile["proposed_states_figure"]) == ("معالي الوزير", "12")
    page = (folder / "coding.html").read_text(encoding="utf-8")
    assert "<img src=x" not in page and page.count("</script>") == 2
    assert "javascript:alert" not in page


def test_two_coders_settle_and_make_evidence(export: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = sampled(export, data)
    save_sheet(folder, "ann", person_led="no", achievement="-", checkable_fact="نعم")
    save_sheet(folder, "badr", delimiter=";", achievement="claimed", checkable_fact="y")
    command = [
        "code",
        str(folder),
        "--agency",
        BODY,
        "--url",
        "https://x.com/tides_qa",
        "--channel",
        "x",
        "--data",
        str(data),
    ]
    command += ["--observed", "2026-11-22"]
    assert main(["agree", str(folder), "--data", str(data)]) == 1
    assert main(command) == 1
    open_ = rows_of(folder / "settle.csv")
    assert [(r["question"], r["ann"], r["badr"]) for r in open_] == [
        ("achievement", "–", "claimed"), ("person_led", "no", "yes"),
    ]  # fmt: skip
    settle(folder, {"achievement": "-", "person_led": "no"})
    assert main(["agree", str(folder), "--data", str(data)]) == 0
    assert [r["settled"] for r in rows_of(folder / "settle.csv")] == ["–", "no"], "nothing decided is lost"
    capsys.readouterr()
    assert main([*command, "--write"]) == 0
    assert main([*command, "--write"]) == 2, "the same items are not added twice"
    assert main(["check", "--data", str(data), "--today", "2026-11-23"]) == 0
    found = evidence(data)
    assert found["person_led"] == ("sampled_person_led", 29, 30, 30, ["ann", "badr"])
    assert found["direct_link"] == ("sampled_direct_links", 0, 30, 30, ["ann", "badr"])
    assert found["segment"] == ("sampled_segments", 1, 6, None, ["ann", "badr"])
    assert "service_information" not in found and "accessible_media" not in found, "nothing to count is no evidence"


def settle(folder: Path, decisions: dict[str, str]) -> None:
    rows = [row | {"settled": decisions[row["question"]]} for row in rows_of(folder / "settle.csv")]
    with (folder / "settle.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def evidence(data: Path) -> dict[str, Any]:
    items = yaml.safe_load((data / f"agencies/qa/{BODY}/evidence.yml").read_text(encoding="utf-8"))
    return {
        i["id"].rpartition(".")[2]: (i["code"], i["numerator"], i["denominator"], i.get("frame"), i["coders"])
        for i in items
    }


def test_a_coded_sample_reaches_the_score(export: Path, data: Path) -> None:
    folder = sampled(export, data)
    save_sheet(folder, "ann")
    save_sheet(folder, "badr", person_led="no")
    main(["agree", str(folder), "--data", str(data)])
    settle(folder, {"person_led": "no"})
    rest = [
        "--url",
        "https://x.com/tides_qa",
        "--channel",
        "x",
        "--observed",
        "2026-11-22",
        "--data",
        str(data),
        "--write",
    ]
    assert main(["code", str(folder), "--agency", BODY, *rest]) == 0
    dataset = read_dataset(data).dataset
    assert dataset is not None
    results = compute(dataset, date(2026, 11, 23))
    row = results.observations.table.set_index("indicator").loc["person_led_posts"]
    assert (row["value"], row["coders"]) == (29 / 30, 2) and row["alpha"] == pytest.approx(0, abs=0.05)
    missing = {s.code: s.have for s in results.shortfalls[BODY]}
    assert missing["posts"] == 30
    assert missing["alpha"] == pytest.approx(row["alpha"], abs=1e-3), "too little agreement is named as such"


@pytest.mark.parametrize(
    ("answer", "said"), [("maybe", "person_led must be one of: yes, no; found 'maybe'"), ("yes no", "must be one of")]
)
def test_an_answer_that_is_none_is_told_with_its_line(
    export: Path, data: Path, answer: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = sampled(export, data)
    save_sheet(folder, "ann", person_led=answer)
    assert main(["agree", str(folder), "--data", str(data)]) == 2
    told = capsys.readouterr().err
    assert "sheet-ann.csv:2: " in told and said in told and "يجب أن يكون" in told


@pytest.mark.parametrize("table", ["", "a,b\n1,2\n"])
def test_a_table_without_texts_is_refused(tmp_path: Path, data: Path, table: str) -> None:
    (tmp_path / "p.csv").write_text(table, encoding="utf-8")
    assert main(["sample", str(tmp_path / "p.csv"), "--seed", "1", "--data", str(data)]) == 2


@pytest.mark.browser
def test_the_coding_page_saves_what_was_pressed(export: Path, data: Path, browser: Any) -> None:
    """By keys alone, in Arabic; the saved sheet is read by `hiwar agree`, and can be gone on with."""
    folder = sampled(export, data, n=2)
    page = browser.new_page(locale="ar")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "request",
        lambda request: errors.append(request.url) if not request.url.startswith(("file:", "blob:")) else None,
    )
    page.goto((folder / "coding.html").as_uri())
    assert page.evaluate("document.dir") == "rtl"
    page.fill("#coder", "badr")
    page.locator("#post").focus()
    for key in ("r", "ArrowLeft", "b", "n", "n", "p", "y", "n", "a"):
        page.keyboard.press(key)
    with page.expect_download() as download:
        page.click("#save")
    download.value.save_as(folder / download.value.suggested_filename)
    rows = rows_of(folder / "sheet-badr.csv")
    assert [row["reply"] for row in rows] == ["reply", "broadcast"]
    asked = ("service_information", "direct_link", "checkable_fact", "achievement", "person_led")
    assert [rows[1][name] for name in asked] == ["no", "", "no", "proven", "yes"]
    assert main(["agree", str(folder), "--data", str(data)]) == 0
    page.evaluate("localStorage.clear()")
    page.reload()
    page.set_input_files("#load", folder / "sheet-badr.csv")
    page.wait_for_function("document.getElementById('progress').value === 2")
    assert errors == []
    page.close()
