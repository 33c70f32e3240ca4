"""A folder takes the place of another in one step, or nothing changes.

What is new is made beside what stands. Where Linux can exchange two folders (renameat2, since 3.15, on every usual file
system), there is no moment without the one or the other. Elsewhere two renames follow each other; should the second
not come, the next run begins by setting back what stood.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from scoring.stages import stage

_AT_FDCWD, _EXCHANGE = -100, 2  # from fcntl.h and linux/fs.h
_CANNOT = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)  # this kernel, or this file system
NEW, OLD, LOCK = "new", "old", "lock"
MARKS = ("index.html", "404.html")  # by which a site is known
PART = "part.json"  # by which a part of a site is


class NotReplaced(Exception):
    """Why nothing was begun, in English and Arabic."""


def beside(target: Path) -> Path:
    """The folder that everything is made in; there only while something is made, or after a run that was killed."""
    target = target.resolve()
    return target.with_name(f"{target.name}.new")


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """An empty folder, which takes the place of `target` when the block ends well; otherwise `target` stays as it is.
    Raises NotReplaced where another run is at work, or `target` holds anything but a site."""
    target = target.resolve()
    _sure(target)
    with _alone(beside(target)) as work:
        new, old = work / NEW, work / OLD
        _clear(new, old, target)
        new.mkdir()
        try:
            yield new
            _exchange(new, target, old)
        finally:
            with stage("what stood before"):
                _clear(new, old, target)


def _sure(target: Path) -> None:
    """What is replaced is gone, so nothing else than a site ever is."""
    ours = all((target / mark).is_file() for mark in MARKS) or (target / PART).is_file()
    if target.is_dir() and any(target.iterdir()) and not ours:
        raise NotReplaced(
            f"{target} holds something else than a site: choose an empty folder, or one that is not there yet",
            f"في {target} شيء غير الموقع: اختر مجلدًا فارغًا، أو مجلدًا لا وجود له بعد",
        )


@contextmanager
def _alone(work: Path) -> Iterator[Path]:
    """The folder, held by this process; the system lets go of it when the process ends, however it ends."""
    work.mkdir(parents=True, exist_ok=True)
    with (work / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            held = os.fstat(lock.fileno()).st_ino == (work / LOCK).stat().st_ino
        except OSError:
            held = False
        if not held:
            raise NotReplaced(
                f"another build is at work in {work}: wait for it, then try again",
                f"يجري بناء آخر في {work}: انتظر انتهاءه ثم أعد المحاولة",
            )
        try:
            yield work
        finally:
            (work / LOCK).unlink()
            with suppress(OSError):  # another run may have come already
                work.rmdir()


def _clear(new: Path, old: Path, target: Path) -> None:
    """Nothing is left of this run, or of one that was killed; what stood before stands again if nothing took its
    place."""
    if old.exists() and not target.exists():
        old.rename(target)
    for left in (new, old):
        if left.exists():
            shutil.rmtree(left)


def _exchange(new: Path, target: Path, old: Path) -> None:
    if not target.exists():
        new.rename(target)
    elif not _at_once(new, target):
        target.rename(old)
        new.rename(target)


def _at_once(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where that cannot be had."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    if call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(other))
