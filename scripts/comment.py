"""Says on a pull request what it does: one comment, updated. Runs with the right to comment, so it trusts nothing that
the pull request could have made.

    scripts/comment.py EVENT.json     (GH_TOKEN and GITHUB_API_URL as GitHub sets them)

The pull request is found by what GitHub says of the run, never by the artifact. Of the artifact one file is read,
within limits, held against the model of a review; what is written is made here, from numbers, ids and escaped texts.
"""

from __future__ import annotations

import io
import json
import os
import sys
import urllib.request
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from scoring.problems import visible
from scoring.review.markdown import markdown
from scoring.review.report import MOST_BYTES, read_review

MARKER = "<!-- hiwar: what this change does -->"
WORKFLOW, ARTIFACT, FILE = ".github/workflows/review.yml", "review", "review.json"
BOT = "github-actions[bot]"
PAGES = 30  # of a hundred comments each
SECONDS = 30


class Refused(ValueError):
    """Nothing is written, and why; safe to print."""


class _Stay(urllib.request.HTTPRedirectHandler):
    """The token is for the API alone: where it leads elsewhere, we go without."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        return urllib.request.Request(newurl) if newurl.startswith(("https://", _api())) else None


def _api() -> str:
    return os.environ.get("GITHUB_API_URL", "https://api.github.com")


@dataclass(frozen=True)
class Api:
    """The API of one repository."""

    repository: str
    token: str

    def ask(self, path: str, method: str = "GET", body: dict[str, str] | None = None) -> Any:
        return json.loads(self.fetch(f"{_api()}/repos/{self.repository}/{path}", method, body) or b"null")

    def fetch(self, address: str, method: str = "GET", body: dict[str, str] | None = None) -> bytes:
        headers = {"Authorization": f"Bearer {self.token}", "Accept": "application/vnd.github+json"}
        data = None if body is None else json.dumps(body).encode()
        asked = urllib.request.Request(address, data, headers, method=method)
        with urllib.request.build_opener(_Stay).open(asked, timeout=SECONDS) as answer:
            read: bytes = answer.read(4 * MOST_BYTES + 1)
        if len(read) > 4 * MOST_BYTES:
            raise Refused("an answer is too large")
        return read


def comment(event: dict[str, Any], token: str) -> str:
    """Write the comment that a finished run of the review calls for; gives what was done. Raises Refused."""
    run = event["workflow_run"]
    if run["event"] != "pull_request" or run["path"].partition("@")[0] != WORKFLOW or run["conclusion"] != "success":
        raise Refused("this run is no finished review of a pull request")
    api = Api(event["repository"]["full_name"], token)
    number = _pull_request(api, run, event["repository"]["default_branch"])
    try:
        body = f"{MARKER}\n{markdown(read_review(_unpacked(_artifact(api, run['id']))))}"
    except (ValueError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise Refused(f"the artifact holds no review: {visible(error)}") from None
    mine = _mine(api, number)
    if mine is None:
        api.ask(f"issues/{number}/comments", "POST", {"body": body})
        return f"commented on pull request {number}"
    api.ask(f"issues/comments/{mine}", "PATCH", {"body": body})
    return f"updated the comment on pull request {number}"


def _pull_request(api: Api, run: dict[str, Any], main: str) -> int:
    """The one open pull request to main whose newest commit the run was about."""
    head = f"{run['head_repository']['owner']['login']}:{run['head_branch']}"
    found = [
        one["number"]
        for one in api.ask("pulls?" + urlencode({"state": "open", "head": head, "base": main, "per_page": 100}))
        if one["head"]["sha"] == run["head_sha"]
        and (one["head"]["repo"] or {}).get("full_name") == run["head_repository"]["full_name"]
        and one["base"]["ref"] == main
    ]
    if len(found) != 1:
        raise Refused(f"{len(found)} open pull requests end in the commit that was reviewed")
    return int(found[0])


def _artifact(api: Api, run: int) -> bytes:
    listed = api.ask(f"actions/runs/{int(run)}/artifacts?name={quote(ARTIFACT)}")["artifacts"]
    found = [one for one in listed if one["name"] == ARTIFACT and not one["expired"]]
    if len(found) != 1:
        raise Refused(f"{len(found)} artifacts are called {ARTIFACT}")
    if found[0]["size_in_bytes"] > MOST_BYTES:
        raise Refused("the artifact is too large")
    return api.fetch(f"{_api()}/repos/{api.repository}/actions/artifacts/{int(found[0]['id'])}/zip")


def _unpacked(data: bytes) -> bytes:
    """The one file of an artifact, read in memory; nothing of it is ever a path here. Raises ValueError."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        if [member.filename for member in members] != [FILE] or members[0].file_size > MOST_BYTES:
            raise ValueError(f"it must hold {FILE} and nothing else")
        with archive.open(members[0]) as file:
            read = file.read(MOST_BYTES + 1)
    if len(read) > MOST_BYTES:
        raise ValueError(f"{FILE} is too large")
    return read


def _mine(api: Api, number: int) -> int | None:
    """The comment that was written here before: by its mark and by who wrote it."""
    for page in range(1, PAGES + 1):
        listed = api.ask(f"issues/{number}/comments?per_page=100&page={page}")
        for one in listed:
            if one["user"]["login"] == BOT and one["user"]["type"] == "Bot" and one["body"].startswith(MARKER):
                return int(one["id"])
        if len(listed) < 100:
            return None
    raise Refused("there are too many comments to look through")


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when the comment stands, 1 when nothing was written, and why."""
    path = (arguments or sys.argv[1:])[0]
    try:
        print(comment(json.loads(Path(path).read_bytes()), os.environ["GH_TOKEN"]))
    except Refused as refused:
        print(f"nothing was written: {refused}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
