"""The form for a finding, as a person who does not code fills it in: told what is wrong as they type, shown the effect
that the engine computes, and given a file that `hiwar check` accepts."""

from __future__ import annotations

import json
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from scoring.model import Dataset, Evidence
from scoring.render.finding_form import KEYS, MESSAGES, finding_document, sentences
from scoring.render.language import LANGUAGES, language
from scoring.render.view import View
from scoring.results import compute, newest_reading
from scoring.rules import check_dataset
from scoring.source.dataset import read_dataset
from tests.serving import until

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "republic-of-sample"
ID, FOLDER = "xs-exampleton", "xs/xs-exampleton"
# What the schema knows and the form leaves to the file: more readers, captures, samples, disputes, what is not scored.
LEFT_OUT = {
    "frame", "counts", "named", "stated", "period", "context", "note", "state", "searches", "disputes", "coders",
    "alpha", "sample", "archived", "sha256", "captured_at", "method", "source.also", "source.note",
}  # fmt: skip
ARABIC = re.compile("[\u0621-\u064a]")

FINDINGS: list[dict[str, str]] = [
    {"code": "moderation_rules", "flag": "false"},
    {"code": "reply_commitment", "choice": "time-bound"},
    {"code": "reply_target_hours", "number": "٤٨"},
    {"code": "captioned_videos", "percent": "", "numerator": "9", "denominator": "12"},
]
SELECTS, RADIOS = ("code", "choice", "channel"), ("flag",)


def fill_in(page: Any, told: dict[str, str]) -> None:
    page.select_option("[name=code]", told["code"])
    for name, value in told.items():
        if name in RADIOS:
            page.check(f'[name="{name}"][value="{value}"]')
        elif name in SELECTS:
            page.select_option(f'[name="{name}"]', value)
        else:
            page.fill(f'[name="{name}"]', value)
    page.fill('[name="finding.ar"]', 'تبيّن: «ما يُحذف» و"لماذا" # 1')
    page.fill('[name="source.url"]', "https://exampleton.example.org/قواعد?a=1&b=2")
    page.fill('[name="source.published"]', "٢٠٢٦-٠٣")
    page.select_option('[name="source.kind"]', "own_page")
    page.select_option('[name="source.read"]', "full")
    page.fill("[name=coder]", "reader-7")
    page.keyboard.press("Tab")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return shutil.copytree(EXAMPLE, tmp_path / "data", ignore=shutil.ignore_patterns("editions"))


def engine(data: Path) -> tuple[Dataset, dict[str, str]]:
    """The data and the agency's scores as the pages show them, after the check found nothing wrong."""
    reading = read_dataset(data)
    assert not [p for p in check_dataset(reading, datetime.now(UTC).date()) if p.severity == "error"]
    assert reading.dataset is not None
    scores = compute(reading.dataset, newest_reading(reading.dataset)).scores.score.loc[ID]
    return reading.dataset, {str(id): "–" if value != value else f"{value:.1f}" for id, value in scores.items()}


@pytest.mark.browser
@pytest.mark.site
@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("told", FINDINGS, ids=lambda told: str(told["code"]))
def test_a_finding_becomes_a_file_that_passes_and_does_what_was_shown(
    open_page: Any, faults: list[str], data: Path, code: str, told: dict[str, str]
) -> None:
    page = open_page(f"demo/{code}/finding/?agency={FOLDER}", 360 if code == "ar" else 1280)
    until(page, "document.querySelector('#finding-chosen strong')?.textContent.length > 0")
    fill_in(page, told)
    page.locator("#finding-send").wait_for(state="visible")
    query = parse_qs(urlsplit(page.get_attribute("#finding-send", "href")).query)
    text = page.input_value("#finding-yaml")
    assert query["value"] == [text] and page.locator("#finding-effect li").count() >= 1
    dataset, before = engine(data)
    (data / "agencies" / FOLDER / query["filename"][0]).write_text(text, "utf-8")
    dataset, after = engine(data)
    shown, words = page.inner_text("#finding-effect"), language(code).words
    fed = {feed.indicator for c in dataset.methodology.codes if c.id == told["code"] for feed in c.feeds}
    for id in fed:
        name = getattr(dataset.methodology.indicators()[id].name, code)
        values = {"name": name, "before": before[id], "after": after[id]}
        kind = "unseen" if after[id] == "–" else "appears" if before[id] == "–" else "moves"
        kind = "stays" if kind == "moves" and before[id] == after[id] else kind
        assert str(words[f"finding_{kind}"]).format(**values) in shown
    for dimension in dataset.methodology.dimensions:
        if fed & {one.id for one in dimension.leaves()}:
            assert getattr(dimension.name, code) in shown and after[dimension.id] in shown
    assert not faults


@pytest.mark.browser
@pytest.mark.site
@pytest.mark.parametrize("code", LANGUAGES)
def test_it_is_filled_in_by_keyboard_and_told_what_is_wrong(open_page: Any, faults: list[str], code: str) -> None:
    lang, page = language(code), open_page(f"demo/{code}/finding/")
    state = "document.querySelector('#finding-state').textContent"
    until(page, f"{state}.includes({json.dumps(lang.t('finding_no_agency'))})")
    page.focus("#finding-agency")
    page.keyboard.type("exampleton")
    page.locator("#finding-found button").first.wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    until(page, "document.activeElement.id === 'finding-code'")
    page.locator("[data-key='source.url'] input").focus()
    page.keyboard.type("exampleton.example.org")
    page.keyboard.press("Tab")
    wrong = page.locator("#wrong-source-url")
    assert MESSAGES["address_scheme"].must[code == "ar"] in wrong.text_content()
    assert page.get_attribute("#finding-source-url", "aria-invalid") == "true"
    assert "wrong-source-url" in page.get_attribute("#finding-source-url", "aria-describedby")
    assert page.locator("#finding-send").is_hidden()
    page.fill("#finding-source-url", "https://exampleton.example.org/")
    assert wrong.inner_text() == "" and page.get_attribute("#finding-source-url", "aria-invalid") is None
    page.select_option("[name=code]", "captioned_videos")
    page.fill("[name=percent]", "850")
    page.keyboard.press("Tab")
    assert page.inner_text("#wrong-value") == lang.t("finding_must_not_a_share")
    assert not faults


@pytest.mark.browser
@pytest.mark.site
def test_what_is_too_long_for_an_address_is_saved(open_page: Any, faults: list[str]) -> None:
    page = open_page(f"demo/ar/finding/?agency={FOLDER}")
    until(page, "document.querySelector('#finding-chosen strong')?.textContent.length > 0")
    fill_in(page, FINDINGS[0])
    page.fill('[name="finding.ar"]', "تبيّن ما يُحذف من التعليقات. " * 50)
    until(
        page,
        f"document.querySelector('#finding-state').textContent === {json.dumps(language('ar').t('finding_too_long'))}",
    )
    assert "value=" not in page.get_attribute("#finding-send", "href")
    with page.expect_download() as download:
        page.click("#finding-save")
    assert Path(download.value.path()).read_text("utf-8") == page.input_value("#finding-yaml")
    assert download.value.suggested_filename.startswith("evidence-") and not faults


@pytest.mark.browser
@pytest.mark.site
def test_what_is_typed_stays_text(open_page: Any, faults: list[str]) -> None:
    page = open_page(f"demo/en/finding/?agency={FOLDER}")
    until(page, "document.querySelector('#finding-chosen strong')?.textContent.length > 0")
    fill_in(page, FINDINGS[0])
    page.fill('[name="finding.en"]', '<img src=x onerror="window.hacked=1"> {{ x }} " \\ ')
    page.fill("[name=coder]", "<img src=x onerror=window.hacked=1>")
    page.keyboard.press("Tab")
    page.wait_for_timeout(200)
    assert page.evaluate("window.hacked") is None and page.locator("main img").count() == 0 and not faults


def test_every_key_of_the_schema_has_a_field_or_is_left_out_on_purpose() -> None:
    schema = Evidence.model_json_schema()
    own, source = set(schema["properties"]), set(schema["$defs"]["Source"]["properties"])
    assert own | {f"source.{key}" for key in source} == {k for k in KEYS if not k.startswith("finding.")} | LEFT_OUT


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_message_of_the_form_is_a_sentence_without_keys_of_the_file(demo: View, code: str) -> None:
    """What a person is told at a field: the form's own words, or else the rule's."""
    told_of = dict(zip(finding_document(demo)["messages"], sentences(language(code)), strict=True))
    for name, (told, _) in told_of.items():
        assert bool(ARABIC.search(told)) == (code == "ar"), name
        assert not re.search(r"`[a-z_]+(: …)?`", told), f"{name} speaks of keys: {told}"
