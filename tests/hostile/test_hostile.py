"""What a stranger may send is named with its place, or passes; nothing crashes, hangs or is lost on the way."""

from __future__ import annotations

import importlib.util
import json
import resource
import shutil
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given

from scoring.contribute.codes import ITEM
from scoring.problems import format_problems
from scoring.rules import check_dataset
from scoring.sheets import plain_yaml
from scoring.source.dataset import read_dataset
from scoring.source.yaml_subset import read_yaml
from tests.hostile.strategies import files, plain

HERE, ROOT = Path(__file__).parent, Path(__file__).resolve().parents[2]
EXPECTED: dict[str, tuple[str, int, int]] = json.loads((HERE / "expected.json").read_text("utf-8"))
LEGITIMATE = (HERE / "legitimate.txt").read_text("utf-8").splitlines()
PROFILE = "id: qa-example\nname:\n  en: Example\ncountry: QA\nlevel: national\nsector: health\n"
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "data"
    agency = folder / "agencies" / "qa" / "qa-example"
    agency.mkdir(parents=True)
    for name in ("methodology.yml", "vocabulary.yml", "peer_groups.yml"):
        shutil.copy(ROOT / "data" / name, folder)
    (agency / "profile.yml").write_text(PROFILE, encoding="utf-8")
    return folder


def placed(data: Path, content: bytes) -> Path:
    path = data / "agencies" / "qa" / "qa-example" / "evidence.yml"
    path.write_bytes(content)
    return path


def test_the_corpus_is_whole() -> None:
    found = {path.relative_to(HERE / "corpus").as_posix() for path in (HERE / "corpus").rglob("*.yml")}
    assert found == set(EXPECTED) and len(found) >= 200 and len(set(LEGITIMATE)) >= 500


@pytest.mark.parametrize("name", list(EXPECTED))
def test_a_hostile_file_is_named_with_its_place(data: Path, name: str) -> None:
    placed(data, (HERE / "corpus" / name).read_bytes())
    start = time.perf_counter()
    problems = check_dataset(read_dataset(data), TODAY)
    code, line, column = EXPECTED[name]
    assert (code, line, column) in {(p.code, p.line, p.column) for p in problems}
    assert time.perf_counter() - start < 5  # it ends; how fast is measured by the benchmarks
    told = format_problems(problems)
    assert all(char >= " " or char == "\n" for char in told), "nothing in a message acts on a terminal"
    assert not any(p.must.ar == p.must.en for p in problems)


def test_what_is_legitimate_passes(data: Path) -> None:
    """As a finding and as a quantity in the source's words, a hundred items in a file."""
    item = yaml.safe_load(ITEM)[0]
    refused = []
    for start in range(0, len(LEGITIMATE), 100):
        texts = enumerate(LEGITIMATE[start : start + 100], start)
        items = [item | {"id": f"qa-x-{n}", "finding": {"ar": text}, "stated": text[:300]} for n, text in texts]
        placed(data, plain_yaml(items).encode())
        refused += [p for p in check_dataset(read_dataset(data), TODAY) if p.severity == "error"]
    assert not refused


@given(files)
def test_the_reader_survives_anything(content: bytes) -> None:
    document = read_yaml(content, "x.yml")
    rows = content.decode("utf-8", "replace").splitlines() or [""]
    for problem in document.problems:
        assert 1 <= problem.line <= content.count(b"\n") + content.count(b"\r") + len(rows) + 1 and problem.column >= 1
    assert document.value is not None or document.problems


@given(plain)
def test_what_is_plain_is_read_as_every_reader_reads_it(value: object) -> None:
    text = plain_yaml([value])
    document = read_yaml(text.encode(), "x.yml")
    if not any(problem.severity == "error" for problem in document.problems):
        assert document.value == yaml.safe_load(text)


@pytest.mark.parametrize(
    "content", [b"[" * 1_000_000, b"{a: " * 100_000, b"- " * 200_000, b"a" * 300_000, b"x: &a [*a]\n" * 9000]
)
def test_what_would_exhaust_a_reader_costs_little(data: Path, content: bytes) -> None:
    """In a process of its own, with 1 GiB of addresses (numpy alone maps half of it) and ten seconds."""
    placed(data, content)

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))

    command = [sys.executable, "-m", "scoring", "check", "--data", str(data), "--format", "json"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=10, preexec_fn=limited, check=False
    )
    assert done.returncode == 1 and "Traceback" not in done.stderr and json.loads(done.stdout)


def test_the_fuzzer_finds_nothing_in_a_short_run(tmp_path: Path) -> None:
    if importlib.util.find_spec("atheris") is None:
        pytest.skip("no atheris on this machine: it has wheels for Linux only")
    seeds = tmp_path / "seeds"
    shutil.copytree(HERE / "corpus" / "structure", seeds)
    command = [sys.executable, "-m", "tests.hostile.fuzz_reader", "-runs=4000", "-max_len=2000", "-seed=1", str(seeds)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
