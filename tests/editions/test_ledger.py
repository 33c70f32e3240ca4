"""Corrections: old and new value, why, which embeds; added under a seal, never twice, never over an altered ledger."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from scoring.cli import main
from scoring.editions import LEDGER, MEMBERS, PUBLISHED, EditionError
from scoring.editions.ledger import affected, appended, changed, embeds, next_id, nodes_of
from scoring.editions.numbers import apart, published, table
from scoring.editions.seal import broken, read_members
from scoring.model import Correction, Methodology, Revised
from scoring.render.corrections import everything, of_agency, of_edition
from scoring.render.language import LANGUAGES, language
from scoring.rules import check_dataset
from scoring.schema import schemas
from scoring.source.dataset import read_dataset
from scoring.source.yaml_subset import read_yaml
from tests.conftest import ROOT
from tests.editions.conftest import AGENCY, ID, NAMES, TIDES, WHY, commit, corrected
from tests.editions.test_freeze import TODAY, shown
from tests.repository import rewrite


def entries(data: Path) -> tuple[Correction, ...]:
    reading = read_dataset(data)
    assert reading.dataset is not None and check_dataset(reading, TODAY) == ()
    return reading.dataset.corrections


def method(data: Path) -> Methodology:
    dataset = read_dataset(data).dataset
    assert dataset is not None
    return dataset.methodology


def test_a_correction_says_what_was_wrong(later: Path) -> None:
    first, second = entries(later)
    assert (first.id, second.id) == ("2026-11.c01", "2026-11.c02") and str(first.on) == "2026-11-23"
    found = {(c.node, c.what): (c.old, c.new) for c in first.changes}
    assert found["talk", "score"] == found["promise", "score"] == (100.0, 1.0)
    assert {node for node, _ in found} == {"index", "talk", "promise"}
    assert {c.node for c in second.changes} == {"index", "rules", "policy"}
    assert f"card/{AGENCY}" in first.embeds and "league/talk" in first.embeds and "league/rules" not in first.embeds
    assert broken((later / LEDGER).read_bytes()) is None


@pytest.mark.parametrize(("name", "path"), [("edition", f"editions/{ID}/edition.yml"), ("corrections", LEDGER)])
def test_what_is_written_satisfies_its_schema_and_names_it(later: Path, name: str, path: str) -> None:
    text = (later / path).read_text("utf-8")
    value = json.loads(json.dumps(read_yaml(text.encode(), path).value, default=str))
    jsonschema.validate(value, json.loads(schemas()[name]))
    target = (ROOT / "data" / path).parent / text.partition("$schema=")[2].partition("\n")[0]
    assert target.resolve() == ROOT / "schema" / f"{name}.json"


def test_a_second_correction_begins_where_the_first_ended(later: Path) -> None:
    first, second = entries(later)
    (before,) = (c.new for c in first.changes if (c.node, c.what) == ("index", "score"))
    (after,) = (c.old for c in second.changes if (c.node, c.what) == ("index", "score"))
    assert before == after


def test_where_nothing_differs_nothing_is_written(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert corrected(data) == 1 and not (data / LEDGER).exists()
    assert "nothing to correct" in capsys.readouterr().err
    rewrite(
        data / "methodology.yml", "      best: 2\n      because: {en: The", "      best: 1\n      because: {en: The"
    )
    assert corrected(data) == 1, "another method corrects nothing"


def test_evidence_that_was_read_later_corrects_nothing(data: Path) -> None:
    path = data / TIDES / "evidence.yml"
    later = path.read_text("utf-8").replace("qa-mot.", "qa-later.").replace("2026-11-22", "2026-11-23")
    path.write_text(path.read_text("utf-8") + later.replace("time-bound", "refuses").partition("\n")[2], "utf-8")
    assert check_dataset(read_dataset(data), TODAY) == () and corrected(data) == 1


def test_one_that_is_not_in_the_edition_has_exit_code_2(data: Path) -> None:
    assert corrected(data, "qa-nobody") == 2
    assert main(["correct", "2019-01", "--agency", AGENCY, "--on", "2026-11-23", "--data", str(data), *WHY]) == 2


@pytest.mark.parametrize("why", [["--why-en", "", "--why-ar", "س"], ["--why-en", "x\u202ey", "--why-ar", "س"]])
def test_a_reason_that_is_none_is_refused(data: Path, why: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    rewrite(data / TIDES / "evidence.yml", "value: time-bound", "value: refuses")
    asked = ["correct", ID, "--agency", AGENCY, "--on", "2026-11-23", "--data", str(data)]
    assert main([*asked, *why]) == 1
    assert capsys.readouterr().err and list((data / "editions").iterdir()) == [data / "editions" / ID]


def test_a_day_to_come_is_refused(data: Path) -> None:
    rewrite(data / TIDES / "evidence.yml", "value: time-bound", "value: refuses")
    assert corrected(data, on="2999-01-01") == 1


def test_an_altered_ledger_is_not_sealed_anew(corrected_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rewrite(corrected_data / LEDGER, "old: 100.0", "old: 99.0")
    whole = (corrected_data / LEDGER).read_bytes()
    rewrite(corrected_data / TIDES / "evidence.yml", "value: refuses", "value: time-bound")
    assert corrected(corrected_data) == 1 and (corrected_data / LEDGER).read_bytes() == whole
    with pytest.raises(EditionError):
        appended(whole, {"id": "x"})


@pytest.mark.parametrize(
    "why", ["It's: #1 | - {x} [y] & *z\nanother line\n  seal: " + "0" * 64, "؟" * 1999, "true", "2026"]
)
def test_any_reason_reads_back(data: Path, why: str) -> None:
    rewrite(data / TIDES / "evidence.yml", "value: time-bound", "value: refuses")
    asked = ["correct", ID, "--agency", AGENCY, "--on", "2026-11-23", "--data", str(data)]
    assert main([*asked, "--why-en", why, "--why-ar", why]) == 0
    assert entries(data)[0].why.en == why


def test_only_embeds_that_are_there_are_affected(later: Path) -> None:
    dataset = read_dataset(later).dataset
    listed = (later / "editions" / ID / MEMBERS).read_bytes()
    assert dataset is not None and set(NAMES) <= embeds(read_members(listed, PUBLISHED))
    for correction in entries(later):
        assert {c.node for c in correction.changes} <= set(nodes_of(method(later)))
    assert entries(later)[0].embeds == (
        f"card/{AGENCY}", f"scores/{AGENCY}", "league/overall", "league/talk", "distribution/overall",
        "distribution/talk",
    )  # fmt: skip
    every = [*NAMES, f"trend/{AGENCY}", "sensitivity/talk", "sensitivity/overall"]
    own = [f"card/{AGENCY}", f"scores/{AGENCY}", f"trend/{AGENCY}"]
    rank = [Revised(node="talk", what="rank", old=1, new=2), Revised(node="promise", what="score", old=1)]
    assert affected(AGENCY, rank, method(later), every) == [*own, "league/talk", "sensitivity/talk"]
    score = [Revised(node="index", what="score", new=2)]
    shown = ["league/overall", "distribution/overall", "sensitivity/overall"]
    assert affected(AGENCY, score, method(later), every) == [*own, *shown]
    assert affected("qa-other", score, method(later), ["card/qa-another"]) == []


def test_numbers_are_the_same_up_to_the_last_digit() -> None:
    one = table(b"agency,node,score,rank\na,n,1.000001,1\n")
    assert list(apart(one, table(b"agency,node,score,rank\na,n,1.000002,1\n"))) == []
    (cell,) = apart(one, table(b"agency,node,score,rank\na,n,1.000003,1\n"))
    assert (cell.column, cell.old, cell.new, cell.line) == ("score", "1.000001", "1.000003", 2)
    assert [c.column for c in apart(one, table(b"agency,node,score,rank\na,n,,2\n"))] == ["score", "rank"]
    assert changed({("n", "score"): 1.0}, {("n", "score"): 1.000001}) == []
    assert published({"score": "", "low": "1.0", "high": "2.0"}) == dict.fromkeys(("score", "low", "high", "rank"))
    assert published({"score": "3.0", "low": "1.0", "likely_low": "2.0", "high": "9.0"})["low"] == 2.0


def test_ids_are_counted_on() -> None:
    assert next_id("a", []) == "a.c01" and next_id("a", ["a.c01", "b.c02"]) == "a.c02"
    assert next_id("a", [f"a.c{n:02d}" for n in range(1, 100)]) == "a.c100"


@pytest.mark.parametrize("code", LANGUAGES)
def test_corrections_are_shown_where_they_concern(later: Path, code: str) -> None:
    view, lang = shown(later), language(code)
    assert [row.entry.id for row in everything(view, lang)] == ["2026-11.c02", "2026-11.c01"]
    assert len(of_agency(view, lang, AGENCY)) == 2 and of_agency(view, lang, "qa-harbour-office") == []
    assert [row.entry.id for row in of_edition(view, lang, ID, "talk")] == ["2026-11.c01"]
    assert of_edition(view, lang, "2019-01") == []
    (change,) = (c for c in of_edition(view, lang, ID, "talk")[0].changes if c.new == "1.0" and c.old == "100.0"
                 and c.what == lang.t("corrected_score") and c.name == view.node_name(lang, "talk"))  # fmt: skip
    assert change


def test_the_ledger_waits_for_nothing_but_its_commit(corrected_data: Path) -> None:
    rewrite(corrected_data / TIDES / "evidence.yml", "value: refuses", "value: time-bound")
    assert corrected(corrected_data) == 0
    commit(corrected_data, "Corrected a third time")
    assert main(["verify", "--data", str(corrected_data)]) == 0
