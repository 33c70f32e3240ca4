"""Publishing is stopped at a hundred points, killed or out of disk; what is published is as it was, byte for byte, or
is wholly the new site."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scoring.pouring import write
from scoring.publish import Frozen, Published, write_site
from scoring.replacing import beside
from scoring.source.prints import listing
from scoring.unchanged import Standing
from tests.built import HOME, small, tree

POINTS = 100
WORKER = 9
CHANGES = {f"os.{name}" for name in ("rename", "mkdir", "rmdir", "remove", "link")}
CHANGES |= {f"shutil.{name}" for name in ("copyfile", "move", "rmtree")}
WRITES = os.O_WRONLY | os.O_RDWR


def forked(act: Callable[[], None]) -> int:
    """What became of a process of its own that did something: its exit code, minus the signal that ended it, or WORKER
    where that ended a process at work for it."""
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            act()
            code = 0
        except ChildProcessError:
            code = WORKER
        except OSError as error:
            code = 28 if error.errno == errno.ENOSPC or isinstance(error, shutil.Error) else 1  # of many copies
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def stopping(point: int, stop: Callable[[], None], count: Path | None = None) -> None:
    """From now on, stop at the nth change to files; with `count`, keep how many there are instead."""
    seen = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        written = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITES
        if not (written or event in CHANGES):
            return
        seen += 1
        if count:
            os.pwrite(counter, str(seen).encode(), 0)
        elif seen == point:
            stop()

    counter = os.open(count, os.O_CREAT | os.O_WRONLY) if count else -1
    sys.addaudithook(hook)


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def full() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.fixture(scope="module")
def publish(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], None]]:
    """Publishes a small site at a folder; a part of it stands already and is linked."""
    view, built = small(tmp_path_factory.mktemp("mkdocs"))
    stands = tmp_path_factory.mktemp("editions")
    for number in range(3):
        write(stands / f"2026-0{number}/data/scores.csv", f"{number}")
    frozen = Frozen({"editions/2026-00/data/scores.csv": ""}, Standing(stands, listing(stands)))
    yield lambda site: write_site(Published(view, frozen=frozen), built, HOME, site) and None


def test_whatever_stops_it_the_published_tree_is_whole(publish: Callable[[Path], None], tmp_path: Path) -> None:
    site, counted = tmp_path / "site", tmp_path / "count"
    publish(site)
    (site / "published.txt").write_text("what stands, and is not made again")
    old = tree(site)
    new = {name: one for name, one in old.items() if name != "published.txt"}
    other = tmp_path / "other" / "site"
    publish(other)
    assert tree(other) == new, "the same data make the same bytes"
    assert forked(lambda: (stopping(0, killed, counted), publish(other))[1]) == 0
    changes = int(counted.read_text())
    assert changes > POINTS
    ends = []
    for number in range(POINTS):
        point = 1 + number * (changes - 1) // (POINTS - 1)
        stop = killed if number % 2 else full
        ends.append(forked(lambda point=point, stop=stop: (stopping(point, stop), publish(site))[1]))  # type: ignore[misc]
        now = tree(site)
        assert now in (old, new), f"at change {point} of {changes}, stopped by {stop.__name__}"
        if now == new:  # it was stopped after it had taken its place: the next ones begin again from what stood
            (site / "published.txt").write_text("what stands, and is not made again")
    assert set(ends) <= {0, 28, WORKER, -signal.SIGKILL}, (
        ends
    )  # 0: a folder that is there needs no room, a file can be copied
    killed_ends = ends.count(-signal.SIGKILL) + ends.count(WORKER)
    assert killed_ends >= POINTS // 2 - 2 and ends.count(28) >= POINTS // 4, ends
    publish(site)
    assert tree(site) == new and not beside(site).exists(), "the next run begins afresh and leaves nothing"
