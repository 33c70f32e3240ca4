"""Plays attacks of pull requests against what comments on them (`scripts/comment.py`), with a GitHub of our own on this
machine, and says whether anything happened that should not.

    python -m tests.workflows.play_attacks

Each attack is a run, an artifact or a conversation as a stranger could make it. What may happen is one comment on the
pull request that the run was about, in which no text acts. Exit code 1 where anything else was written.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from scoring.review.report import MOST_BYTES, as_json
from tests.review.samples import broken, review

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
import comment

REPOSITORY, STRANGER, COMMIT = "hiwar/hiwar", "stranger/hiwar", "a" * 40
BAIT = (
    "@hiwar/method fixes #12 <script>alert(1)</script><img src=x onerror=alert(1)> [a](javascript:alert(1)) "
    "![p](https://evil.example/p.png) https://evil.example/ </div> --> \x1b[31m \u202e"
)
ACTS = re.compile(r"@\w|(?<!&)#\d|<script|<img|<a |\]\(|https?://|\x1b|\u202e")


@dataclass
class GitHub:
    """What GitHub knows; `written` are the requests that would have changed it."""

    artifacts: list[tuple[str, bytes]]
    pulls: list[dict[str, Any]]
    comments: list[dict[str, Any]] = field(default_factory=list)
    written: list[tuple[str, str, str]] = field(default_factory=list)

    def answer(self, path: str) -> bytes:
        if path.startswith("/zip/"):
            return self.artifacts[int(path[5:])][1]
        if "/artifacts?" in path:
            listed = [
                {"id": i, "name": name, "expired": False, "size_in_bytes": len(data)}
                for i, (name, data) in enumerate(self.artifacts)
            ]
            return json.dumps({"artifacts": listed}).encode()
        return json.dumps(self.pulls if "/pulls?" in path else self.comments).encode()


@contextmanager
def served(github: GitHub) -> Iterator[None]:
    """The API of that GitHub, under the address that Actions would set."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            if self.path.endswith("/zip"):
                self.send_response(302)
                self.send_header("Location", f"{os.environ['GITHUB_API_URL']}/zip/{self.path.split('/')[-2]}")
                self.end_headers()
                return
            if self.path.startswith("/zip/") and self.headers["Authorization"]:
                github.written.append(("TOKEN", self.path, ""))  # it must not follow the redirect
            self._say(github.answer(self.path))

        def _change(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            github.written.append((self.command, self.path.removeprefix(f"/repos/{REPOSITORY}/"), body["body"]))
            self._say(b"{}")

        do_POST = do_PATCH = do_PUT = do_DELETE = _change

        def _say(self, data: bytes) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(data)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    os.environ["GITHUB_API_URL"] = f"http://127.0.0.1:{server.server_port}"
    try:
        yield
    finally:
        server.shutdown()


# --- what a stranger can make -----------------------------------------------------------------------------

Attack = tuple[dict[str, Any], GitHub, bool]  # the event, what GitHub knows, and whether a comment is due


def event(**changed: Any) -> dict[str, Any]:
    run = {
        "id": 7, "event": "pull_request", "path": comment.WORKFLOW, "conclusion": "success", "head_sha": COMMIT,
        "head_branch": "finding", "head_repository": {"full_name": STRANGER, "owner": {"login": "stranger"}},
    }  # fmt: skip
    return {"workflow_run": run | changed, "repository": {"full_name": REPOSITORY, "default_branch": "main"}}


def pull(number: int = 5, sha: str = COMMIT, repository: str = STRANGER, base: str = "main") -> dict[str, Any]:
    return {"number": number, "head": {"sha": sha, "repo": {"full_name": repository}}, "base": {"ref": base}}


def zipped(*members: tuple[str, bytes], mode: int = 0o644) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, mode << 16
            archive.writestr(info, data)
    return made.getvalue()


def played(data: bytes, due: bool = False) -> Attack:
    return event(), GitHub([("review", data)], [pull()]), due


def told(document: dict[str, Any] | bytes, due: bool = False) -> Attack:
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    return played(zipped((comment.FILE, data)), due)


def attacks() -> dict[str, Attack]:
    """Every attack by its name."""
    good = as_json(review(BAIT[:280])).encode()
    plain: dict[str, Any] = json.loads(good)
    archive = zipped((comment.FILE, good))
    theirs = {"id": 9, "user": {"login": "stranger", "type": "User"}, "body": f"{comment.MARKER} mine"}
    app = {"id": 8, "user": {"login": comment.BOT, "type": "User"}, "body": comment.MARKER}
    ours = {"id": 3, "user": {"login": comment.BOT, "type": "Bot"}, "body": comment.MARKER}
    forged = plain | {"agencies": [plain["agencies"][0] | {"id": "../../etc"}]}
    return {
        "nothing but texts that would act": told(good, due=True),
        "errors with texts that would act": told(as_json(broken(BAIT[:280])).encode(), due=True),
        "as long as it may be": told(as_json(review(BAIT[:280], many=True)).encode(), due=True),
        "code and data together": told(plain | {"files": [
            {"where": "rest", "count": 1, "paths": ["scripts/comment.py"]},
            {"where": "agencies", "count": 1, "paths": ["data/agencies/@x/#1"]}]}, due=True),
        "a maintainer named as author": told(
            json.loads(good.decode().replace('"reader-1"', '"hiwar-maintainer"')), due=True),
        "a comment of theirs with our mark": (
            event(), GitHub([("review", archive)], [pull()], [theirs, app]), True),
        "a comment of ours stands": (event(), GitHub([("review", archive)], [pull()], [theirs, ours]), True),
        "a path that leaves": played(zipped(("../../scripts/comment.py", good))),
        "an absolute path": played(zipped(("/etc/passwd", good))),
        "another file beside": played(zipped((comment.FILE, good), ("event.json", b"{}"))),
        "the file twice": played(zipped((comment.FILE, good), (comment.FILE, good))),
        "a link": played(zipped((comment.FILE, b"/proc/self/environ"), mode=0o120777)),
        "a bomb": played(zipped((comment.FILE, b" " * (MOST_BYTES + 1)))),
        "a bomb that is valid": told(good + b" " * (MOST_BYTES * 8)),
        "no archive": played(b"PK\x03\x04 nothing"),
        "a larger archive": played(os.urandom(MOST_BYTES + 1)),
        "a pull request named in the artifact": told(plain | {"number": 1}),
        "a comment written in the artifact": told(plain | {"body": BAIT}),
        "a number that is none": told(good.replace(b"40.0", b"NaN", 1)),
        "a version that is true": told(plain | {"version": True}),
        "a path for an id": told(forged),
        "too deep": told(b"[" * 100_000),
        "not UTF-8": told(b"\xff\xfe" + good),
        "two artifacts": (event(), GitHub([("review", archive)] * 2, [pull()]), False),
        "a run of another workflow": (
            event(path=".github/workflows/evil.yml"), GitHub([("review", archive)], [pull()]), False),
        "a run without a pull request": (event(event="push"), GitHub([("review", archive)], [pull()]), False),
        "a run that failed": (event(conclusion="failure"), GitHub([("review", archive)], [pull()]), False),
        "a commit that was replaced": (event(), GitHub([("review", archive)], [pull(sha="b" * 40)]), False),
        "a pull request of another repository": (
            event(), GitHub([("review", archive)], [pull(repository="other/hiwar")]), False),
        "a pull request to another branch": (event(), GitHub([("review", archive)], [pull(base="old")]), False),
        "a branch called main": (event(head_branch="main"), GitHub([("review", archive)], []), False),
        "a branch whose name is a query": (
            event(head_branch="x&state=closed#/../../pulls/1"), GitHub([("review", archive)], []), False),
    }  # fmt: skip


def faults(attack: Attack) -> list[str]:
    """What happened that should not have."""
    happened, github, due = attack
    with served(github):
        try:
            comment.comment(happened, "token")
        except comment.Refused as refused:
            if due:
                return [f"refused: {refused}"]
    ours = any(one["user"]["type"] == "Bot" for one in github.comments)
    allowed = [("PATCH", "issues/comments/3") if ours else ("POST", "issues/5/comments")] if due else []
    found = [] if [one[:2] for one in github.written] == allowed else [f"written: {[w[:2] for w in github.written]}"]
    for _, _, body in github.written:
        acting = ACTS.findall(body.removeprefix(comment.MARKER))
        found += [f"acts: {acting}"] if acting else []
        found += ["too long"] if len(body) > 65_536 else []
    return found


def main() -> int:
    wrong = 0
    for name, attack in attacks().items():
        found = faults(attack)
        wrong += bool(found)
        print(f"{'FAILED' if found else 'held'}  {name}  {' '.join(found)}".rstrip())
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
