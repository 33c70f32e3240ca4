"""The fictional example: fresh, the same every time, labelled in every file, and with all that a data set can hold."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from make_example import EXAMPLE, ROOT, main, make, stale, write

from scoring.model import (
    STAGES,
    Account,
    Dataset,
    Edition,
    Enquiry,
    Evidence,
    Outcome,
    Period,
    Profile,
    Record,
    Reply,
    Source,
    Stage,
    State,
    Verification,
)
from scoring.results import Results, compute, newest_reading
from scoring.rules import check_dataset
from scoring.source.dataset import Reading, read_dataset

LABEL = "# Fictional: part of the example “Republic of Sample”."
TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return make()


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_dataset(EXAMPLE)


@pytest.fixture(scope="module")
def sample(reading: Reading) -> Dataset:
    assert reading.dataset is not None
    return reading.dataset


@pytest.fixture(scope="module")
def results(sample: Dataset) -> dict[str, Results]:
    """By edition, oldest first."""
    assert sample.about is not None
    return {edition.id: compute(sample, edition.as_of) for edition in sample.about.editions}


def test_it_is_fresh(files: dict[str, str]) -> None:
    assert stale(files, EXAMPLE) == [], "run scripts/make_example.py"


def test_the_same_in_another_process(files: dict[str, str]) -> None:
    code = "import json, make_example; print(json.dumps(make_example.make()))"
    command = [sys.executable, "-c", code]
    environment = {"PYTHONHASHSEED": "12345", "PYTHONPATH": f"{ROOT}:{ROOT / 'scripts'}", "PYTHONUTF8": "1"}
    other = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, cwd=ROOT)
    assert json.loads(other.stdout) == files


def test_writing_mends_and_removes(files: dict[str, str], tmp_path: Path) -> None:
    few = dict(list(files.items())[:4])
    assert write(few, tmp_path) == sorted(few)
    (tmp_path / "about.yml").write_text("changed", encoding="utf-8")
    (tmp_path / "left.yml").write_text("over", encoding="utf-8")
    assert stale(few, tmp_path) == ["about.yml", "left.yml"]
    write(few, tmp_path)
    assert stale(few, tmp_path) == [] and not (tmp_path / "left.yml").exists()


def test_check_says_so_by_its_exit_code(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0
    monkeypatch.setattr("make_example.make", lambda: {"about.yml": "something else"})
    assert main(["--check"]) == 1
    assert "differs: about.yml" in capsys.readouterr().err


def test_nothing_is_wrong_with_it(reading: Reading) -> None:
    assert check_dataset(reading, TODAY) == ()


def test_every_file_says_that_it_is_fictional(files: dict[str, str]) -> None:
    unlabelled = [path for path, text in files.items() if path.endswith(".yml") and not text.startswith(LABEL)]
    assert unlabelled == []
    assert "fictional" in files["README.md"].splitlines()[0] and "متخيَّلة" in files["README.md"].splitlines()[0]


def test_method_and_codebook_are_copies(files: dict[str, str]) -> None:
    for name in ("methodology.yml", "codebook.yml"):
        assert files[name].partition("\n")[2] == (ROOT / "data" / name).read_text(encoding="utf-8")


def test_every_address_is_reserved_for_examples(files: dict[str, str]) -> None:
    own = {path: text for path, text in files.items() if path not in ("methodology.yml", "codebook.yml")}
    hosts = {host for text in own.values() for host in re.findall(r"https?://([^/\s'\"]+)", text)}
    assert hosts and all(host.endswith(".example") for host in hosts)


def test_names_cannot_be_taken_for_real_ones(sample: Dataset) -> None:
    names = [agency.profile.name for agency in sample.agencies.values()]
    assert len(names) == 40
    assert all("Sample" in name.en for name in names if name.en)
    assert all("جمهورية المثال" in name.ar for name in names if name.ar)


def test_it_stays_small(files: dict[str, str]) -> None:
    sizes = {path: len(text.encode()) for path, text in files.items()}
    assert sum(sizes.values()) < 3_300_000
    assert max(size for path, size in sizes.items() if path.startswith("agencies/")) < 256 * 1024


# --- everything occurs -------------------------------------------------------------------------------------


def _records(value: Any) -> Iterator[Record]:
    if isinstance(value, Record):
        yield value
        for field in type(value).model_fields:
            yield from _records(getattr(value, field))
    elif isinstance(value, tuple):
        for item in value:
            yield from _records(item)


def _everything(sample: Dataset) -> Iterator[Record]:
    for agency in sample.agencies.values():
        parts = (agency.profile, agency.evidence, agency.enquiries, agency.replies, agency.stages)
        for part in parts:
            yield from _records(part)


@pytest.mark.parametrize(
    "model", [Account, Enquiry, Evidence, Outcome, Period, Profile, Reply, Source, Stage, Verification]
)
def test_every_field_is_used(sample: Dataset, model: type[Record]) -> None:
    found = [record for record in _everything(sample) if type(record) is model]
    used = {name for record in found for name in record.model_dump(exclude_defaults=True)}
    assert used == set(model.model_fields)


def _values(sample: Dataset, model: type[Record], field: str) -> set[Any]:
    return {getattr(record, field) for record in _everything(sample) if type(record) is model}


def _choices(model: type[Record], field: str) -> set[Any]:
    """The words a field allows; None too where it may be absent."""
    kind = model.model_fields[field].annotation
    words = {word for part in get_args(kind) for word in (get_args(part) or (part,))}
    return {None if word is type(None) else word for word in words}


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (Evidence, "state"), (Evidence, "strength"), (Evidence, "method"), (Source, "read"), (Profile, "kind"),
        (Enquiry, "kind"), (Enquiry, "gave"), (Outcome, "decision"), (Verification, "how"), (Stage, "stage"),
    ],
)  # fmt: skip
def test_every_choice_occurs(sample: Dataset, model: type[Record], field: str) -> None:
    assert _values(sample, model, field) >= _choices(model, field)


def test_every_code_channel_and_kind_of_source_occurs(sample: Dataset) -> None:
    assert _values(sample, Evidence, "code") == {code.id for code in sample.methodology.codes}
    assert _values(sample, Evidence, "channel") >= {channel.id for channel in sample.vocabulary.channels}
    assert _values(sample, Source, "kind") == {kind.id for kind in sample.vocabulary.source_kinds}


def test_every_state_and_indicator_occurs(results: dict[str, Results]) -> None:
    newest = list(results.values())[-1]
    assert {*newest.scores.state.to_numpy().ravel()} == {str(state) for state in State}
    assert set(newest.observations.table["indicator"]) == set(newest.dataset.methodology.indicators())


def test_assessments_stand_at_every_stage(sample: Dataset) -> None:
    last = [agency.stages[-1].stage for agency in sample.agencies.values() if agency.stages]
    assert set(last) == set(STAGES)
    assert last.count("published") > len(last) / 2


def test_replies_of_every_sort(sample: Dataset) -> None:
    replies = [reply for agency in sample.agencies.values() for reply in agency.replies]
    assert sum(bool(agency.replies) for agency in sample.agencies.values()) >= 8
    assert {reply.language for reply in replies} == {"ar", "en"}
    assert any(reply.verified is None and reply.disputes for reply in replies)
    assert any(reply.opens(TODAY) for reply in replies)


def test_the_odd_ones_are_there(sample: Dataset) -> None:
    agencies = sample.agencies.values()
    profiles = [agency.profile for agency in agencies]
    assert [p.id for p in profiles if p.historical and p.successor] == ["xs-ministry-of-information"]
    assert any(p.kind == "service" and p.parent for p in profiles)
    assert any(p.name.en is None for p in profiles)
    assert max(len(p.name.en or "") for p in profiles) == 120
    assert max(len(p.accounts) for p in profiles) == 40
    assert {0, 1} <= {len(agency.evidence) for agency in agencies}
    assert any(account.until for p in profiles for account in p.accounts)


def test_at_most_one_question_a_day(sample: Dataset) -> None:
    for agency in sample.agencies.values():
        days = [enquiry.asked[:10] for enquiry in agency.enquiries]
        assert len(days) == len(set(days))


# --- what comes of it --------------------------------------------------------------------------------------


def test_most_are_ranked_and_in_another_order_each_year(results: dict[str, Results], sample: Dataset) -> None:
    orders = [list(found.standings[sample.methodology.id].league.index) for found in results.values()]
    assert all(len(order) >= 28 for order in orders)
    assert len({tuple(order) for order in orders}) == len(orders) == 3


def test_some_dimensions_tell_agencies_apart(results: dict[str, Results], sample: Dataset) -> None:
    for found in results.values():
        tiers = {d.id: found.standings[d.id].league["tier"].max() for d in sample.methodology.dimensions}
        assert sum(many > 1 for many in tiers.values()) >= 3, tiers


def test_who_is_not_ranked_shows_why(results: dict[str, Results]) -> None:
    newest = list(results.values())[-1]
    codes = {short.code for found in newest.shortfalls.values() for short in found}
    assert codes == {"coverage_total", "coverage_dimension", "enquiries", "posts", "alpha", "age"}
    [low] = newest.shortfalls["xs-immigration-department"]
    assert (low.code, low.have) == ("alpha", 0.41)


def test_who_stands_still_keeps_its_score(results: dict[str, Results], sample: Dataset) -> None:
    scores = [found.scores.score.loc["xs-ministry-of-justice", sample.methodology.id] for found in results.values()]
    assert max(scores) - min(scores) < 1e-9


def test_the_newest_edition_is_what_the_data_stand_at(sample: Dataset) -> None:
    assert sample.about is not None and sample.fictional
    assert sample.about.editions[-1] == Edition(id="2026-11", as_of=newest_reading(sample))
