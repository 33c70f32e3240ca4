"""What git knows of a folder: revisions, files as they were, history. Asks git, changes nothing."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from scoring.problems import visible

_HISTORY = ("log", "--full-history", "--topo-order", "--no-renames")
_HASH = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")  # set where git itself runs us, as in hooks


def ask(folder: Path, *arguments: str, told: bytes = b"") -> tuple[bytes | None, str]:
    """What git answers in a folder, None where it fails, and what it says to that, safe to print. `told` is what it is
    told on its standard input."""
    environment = {k: v for k, v in os.environ.items() if k not in _ELSEWHERE}
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, env=environment, input=told, check=False)
    except OSError as error:
        return None, f"it cannot be run: {error.strerror or type(error).__name__}"
    said = visible(done.stderr.decode("utf-8", "replace").strip(), 300)
    return (None if done.returncode else done.stdout), said


def revision(folder: Path, name: str = "HEAD") -> tuple[str | None, str]:
    """The full hash of a revision of the repository that holds a folder; None and why where there is none. What starts
    with a hyphen would be an option and is none."""
    if not name or name.startswith("-") or "\0" in name:
        return None, ""
    answer, said = ask(folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    return (None if answer is None else answer.decode("ascii").strip()), said


def files(folder: Path, commit: str = "HEAD") -> dict[str, str] | None:
    """Every file of a folder as a commit holds it: its path below the folder and git's name for its content. None where
    there is no such commit."""
    found, _ = tree(folder, commit)
    return None if found is None else {path: blob for path, (_, blob) in found.items()}


def _rows(answer: bytes) -> Iterator[tuple[str, tuple[str, str]]]:
    """Path, then mode and git's name of the content."""
    for row in answer.decode("utf-8", "surrogateescape").split("\0"):
        about, _, path = row.partition("\t")
        if path:
            yield path, (about.split(" ")[0], about.split(" ")[2])


def tree(folder: Path, commit: str) -> tuple[dict[str, tuple[str, str]] | None, str]:
    """Every file of a folder as a commit holds it: its path below the folder, its mode and git's name for its content;
    None and why where there is none. What the commit says of how to export files (`.gitattributes`) changes nothing."""
    answer, said = ask(folder, "ls-tree", "-r", "-z", commit)
    return (None if answer is None else dict(_rows(answer))), said


def contents(folder: Path, blobs: Sequence[str]) -> Iterator[bytes]:
    """What stands in files, by git's names for it, in the same order; fewer where git fails."""
    answer, _ = ask(folder, "cat-file", "--batch", told="".join(f"{blob}\n" for blob in blobs).encode("ascii"))
    rest, at = answer or b"", 0
    while at < len(rest):
        end = rest.index(b"\n", at)
        size = int(rest[at:end].split(b" ")[2])
        yield rest[end + 1 : end + 1 + size]
        at = end + 1 + size + 1


def content(folder: Path, blob: str) -> bytes:
    """What stands in a file, by git's name for it; `COMMIT:./path` will do too. Nothing where git has no such thing."""
    return ask(folder, "cat-file", "blob", blob)[0] or b""


def blob(data: bytes, like: str) -> str:
    """Git's name for a content, made as another of its names was (SHA-1 or SHA-256)."""
    algorithm = "sha1" if len(like) == 40 else "sha256"
    return hashlib.new(algorithm, b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def first_added(folder: Path, under: str) -> dict[str, str]:
    """The commit that first added each file, by path below the folder, also of files that are gone."""
    answer, _ = ask(folder, *_HISTORY, "--diff-filter=A", "--relative", "--name-only", "-z", "--format=%H", "--", under)
    found: dict[str, str] = {}
    commit = ""
    for word in (answer or b"").decode("utf-8", "surrogateescape").replace("\n", "\0").split("\0"):
        if _HASH.fullmatch(word):
            commit = word
        elif word:
            found[word] = commit  # the newest comes first, so the oldest stays
    return found


def versions(folder: Path, path: str) -> list[str]:
    """The commits that changed a file, newest first."""
    answer, _ = ask(folder, *_HISTORY, "--format=%H", "--", path)
    return (answer or b"").decode("ascii").split()


def within(folder: Path, commit: str) -> bool:
    """Whether the newest commit has this one in its history; what git merely still holds may be gone tomorrow."""
    return ask(folder, "merge-base", "--is-ancestor", commit, "HEAD")[0] is not None


def shallow(folder: Path) -> bool:
    """Whether the history is cut off."""
    return ask(folder, "rev-parse", "--is-shallow-repository")[0] == b"true\n"


def merge_base(folder: Path, a: str, b: str) -> str | None:
    """The commit at which two commits parted ways; None where git knows none."""
    answer, _ = ask(folder, "merge-base", a, b)
    return None if answer is None else answer.decode("ascii").split()[0]


def changed(folder: Path, a: str, b: str | None = None) -> tuple[str, ...] | None:
    """The files of the repository that differ between two commits, or a commit and the working tree with its new
    files; paths from the top of the repository. None where git cannot tell."""
    names = ("diff", "--no-ext-diff", "--no-textconv", "--no-renames", "--no-relative", "--name-only", "-z")
    differ, _ = ask(folder, *names, a, *([b] if b else []), "--")
    listed = ("ls-files", "--others", "--full-name", "-z")
    new = [b""] if b else [ask(folder, *listed, "--exclude-standard", ":/")[0], ask(folder, *listed)[0]]
    if differ is None or None in new:
        return None
    return tuple(
        sorted(
            {
                path
                for path in b"".join([differ, *filter(None, new)]).decode("utf-8", "surrogateescape").split("\0")
                if path
            }
        )
    )


def prefix(folder: Path) -> str:
    """The folder's path from the top of its repository, with a slash at its end; empty at the top."""
    answer, _ = ask(folder, "rev-parse", "--show-prefix")
    return (answer or b"").decode("utf-8", "surrogateescape").removesuffix("\n")


def author_hosts(folder: Path, a: str, b: str = "HEAD") -> tuple[str, ...]:
    """The hosts of the addresses that the commits since `a` were written from, sorted. Whoever commits says so
    himself: what is there is a hint, what is missing proves nothing."""
    answer, _ = ask(folder, "log", "--format=%ae%n%ce", f"{a}..{b}", "--")
    lines = (answer or b"").decode("utf-8", "replace").splitlines()
    return tuple(sorted({host for line in lines if (host := line.rpartition("@")[2].strip().lower())}))
