"""On a cluster and not: the same bytes, on two real workers; and what is said where there is no cluster."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from scoring import pieces
from scoring.cli import main
from scoring.cluster import ClusterError, connected
from scoring.imports import parts
from scoring.instruments.spread import Spread
from scoring.method.simulate import BLOCK, Uncertain, simulate
from scoring.method.spec import Leaf, Node, Spec
from scoring.model import Uncertainty
from scoring.publish import Published, write_site
from tests.built import HOME, small, tree
from tests.test_cli import SMALL

CLOSED = "tcp://127.0.0.1:1"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The scheduler of a cluster of two worker processes on this machine."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        cluster.wait_for_workers(2)
        yield cluster.scheduler_address


def test_scores_are_the_same_to_the_byte(address: str, capfd: pytest.CaptureFixture[str]) -> None:
    said = []
    for more in ([], ["--dask", address]):
        assert main(["score", "--data", str(SMALL), "--format", "json", *more]) == 0
        said.append(capfd.readouterr().out)
    assert said[0] == said[1] and '"agencies"' in said[0]


def test_a_whole_site_is_the_same_to_the_byte(address: str, tmp_path: Path) -> None:
    def built(name: str) -> dict[str, str]:
        view, shells = small(tmp_path / "mkdocs")  # scored anew, wherever its draws are made
        write_site(Published(view), shells, HOME, tmp_path / name)
        return tree(tmp_path / name)

    sent: list[object] = []
    with connected(address) as run, pieces.sending(lambda work, some: run(work, sent.append(work) or some)):
        there = built("there")
    assert sent, "nothing was sent to the cluster"
    assert there == built("here")


def test_draws_of_several_blocks_are_the_same_to_the_byte(address: str) -> None:
    many, random = BLOCK + 90, np.random.default_rng(3)
    share = random.uniform(0.2, 0.8, many)
    spread = Spread(
        share, share + 0.1, random.uniform(5, 50, many), np.zeros(many), np.ones(many), np.zeros(many, bool)
    )
    inner = Node("inner", (Leaf("a", 0.5, 0, 1), Leaf("b", 0.5, 0.001, 1, scale="log")), 0.7, "geometric")
    spec = Spec(Node("root", (inner, Leaf("c", 0.3, 1, 0))))
    leaves = [leaf.id for leaf in spec.root.leaves()]
    index = Uncertain(
        spec, list(map(str, range(many))), dict.fromkeys(leaves, spread), dict.fromkeys(leaves, np.ones(many))
    )
    by = Uncertainty(draws=100, seed=5, weights=0.2, goalposts=0.1, aggregations=("arithmetic", "geometric"))
    here = dict(simulate(index, by))
    with connected(address) as run:
        there = dict(simulate(index, by, run=run))
    assert list(here) == list(there) == ["inner", "c", "root"]
    assert all(here[node].tobytes() == there[node].tobytes() for node in here)


def test_it_connects_where_a_loop_is_running(address: str) -> None:
    async def inside() -> list[int]:
        with connected(address) as run:
            return list(run(abs, [-1, 2]))

    with ThreadPoolExecutor(1) as apart:  # browser tests of this run may have left a loop in this thread
        assert apart.submit(lambda: asyncio.run(inside())).result() == [1, 2]


def _lines(count: int) -> str:
    """Requests of every kind: kept, repeated in other parts, broken, of several lines, refused."""
    kinds = (
        '{n},2015-03-{d:02d}T10:00:00,2015-04-01,Closed,"Sign, {n}",PWD,Twitter\n',
        '{n},2015-03-{d:02d}T10:00:00,,Open,"two\nlines ""{n}""",PWD,Phone\r\n',
        "{h},2015-03-{d:02d}T10:00:00,2015-04-0{e},Closed,again,PWD,Twitter\n",
        "{n},never,,Open,x,PWD,Twitter\n\n",
        '{n},2015-03-01,"broken\n',
        "{n},2015-03-{d:02d},2015-04-01,Closed,\u0643\u0633\u0631,=1+1,Walkie\n",
    )
    told = "".join(kinds[n % 6].format(n=n, d=1 + n % 28, h=n // 7 * 3, e=1 + n % 9) for n in range(count))
    return "\ufeffCASE_ENQUIRY_ID,OPEN_DT,CLOSED_DT,CASE_STATUS,TYPE,Department,Source\n" + told


@pytest.mark.parametrize("options", [[], ["--channel", "x", "--since", "2015-03-05"]])
def test_imports_are_the_same_to_the_byte(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    import gzip

    whole, packed = tmp_path / "a.csv", tmp_path / "b.csv.gz"
    whole.write_text(_lines(1500), encoding="utf-8", newline="")
    packed.write_bytes(gzip.compress(_lines(900).encode("utf-8", "surrogateescape") + b"1,\xff,2\n"))
    monkeypatch.setattr(parts, "PART", 9_000)
    made = []
    for name, more in (("here", []), ("there", ["--dask", address])):
        folder = tmp_path / name
        assert main(["import", "requests", str(whole), str(packed), "--to", str(folder), *options, *more]) == 1
        made.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert made[0] == made[1] and len(made[0]["requests.csv"]) > 5_000


def test_posts_of_an_archive_are_the_same_to_the_byte(address: str, tmp_path: Path) -> None:
    tweets = ",".join(
        f'{{"tweet":{{"id_str":"{n % 40}","created_at":"Wed Nov 04 16:49:{n % 60:02d} +0000 2015",'
        f'"full_text":"answer {n % 40}{"!" * (n // 40)}"}}}}'
        for n in range(90)
    )
    archive = tmp_path / "tweets.js"
    archive.write_text(f"window.YTD.tweets.part0 = [{tweets}]", encoding="utf-8")
    made = []
    for name, more in (("here", []), ("there", ["--dask", address])):
        assert main(["import", "posts", str(archive), "--to", str(tmp_path / name), *more]) == 0
        made.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert made[0] == made[1]


def test_a_file_that_workers_do_not_see_is_told_in_both_languages(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path, source = tmp_path / "a.csv", parts.Source
    path.write_text(_lines(30), encoding="utf-8")
    monkeypatch.setattr("scoring.imports.table.Source", lambda _, *rest: source(Path("/only/here/a.csv"), *rest))
    assert main(["import", "requests", str(path), "--to", str(tmp_path / "out"), "--dask", address]) == 2
    said = capsys.readouterr().err
    assert "a worker does not see /only/here/a.csv" in said and "لا يرى أحد العمّال" in said
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"], "nothing is left lying about"


def test_a_cluster_that_cannot_be_reached_is_told_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("scoring.cluster.PATIENCE", 0.5)
    site = tmp_path / "site"
    for command in (["build", "--data", str(SMALL), "--to", str(site)], ["score", "--data", str(SMALL)]):
        assert main([*command, "--dask", CLOSED]) == 2
        told = capsys.readouterr()
        assert f"no Dask scheduler answers at {CLOSED}" in told.err and "لا يجيب" in told.err and not told.out
    assert main(["score", "--data", str(SMALL), "--dask", "nonsense"]) == 2
    assert not any(tmp_path.iterdir())


def test_without_dask_it_is_said_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert main(["score", "--data", str(SMALL), "--dask", CLOSED]) == 2
    said = capsys.readouterr().err
    assert "pip install 'hiwar[dask]'" in said and "غير مثبت" in said


def test_a_worker_that_is_not_like_this_process_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scoring.cluster.LIBRARIES", ("numpy", "jinja2"))  # here alone; workers tell of what they know
    with pytest.raises(ClusterError, match="would not give the same bytes: jinja2"), connected(address):
        pass


def test_results_come_in_order_and_pieces_are_taken_as_needed() -> None:
    taken = []

    def given() -> Iterator[int]:
        for n in range(50):
            taken.append(n)
            yield n

    found = pieces.threads(2)(lambda n: n * n, given())
    assert next(found) == 0 and len(taken) < 10
    assert list(found) == [n * n for n in range(1, 50)]


def test_what_fails_in_a_piece_fails_here(address: str) -> None:
    with connected(address) as run, pytest.raises(ZeroDivisionError):
        list(run(_inverse, [1, 0]))


def _inverse(n: int) -> float:
    return 1 / n
