"""Makes a pull request of an issue that reports evidence, once a maintainer has accepted it by a label.

    scripts/accept.py EVENT.json     (GH_TOKEN and GITHUB_API_URL as GitHub sets them)

Runs with the right to write, so it trusts nothing of the issue: its text becomes values of one YAML file, held against
`hiwar check` before anything is written; branch, path, title and text of the pull request are made here. What is
missing or wrong is said in one comment on the issue, in both languages.
"""

from __future__ import annotations

import base64
import json
import os
import re
import sys
import urllib.error
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from comment import Api, Refused

from scoring.cli.contribute import HEADING
from scoring.contribute.issues import Made, answers, made
from scoring.model import Text
from scoring.problems import Problem
from scoring.review.markdown import inert
from scoring.rules import check_dataset
from scoring.sheets import plain_yaml
from scoring.source.dataset import read_dataset

ROOT = Path(__file__).resolve().parents[1]
FORM = ROOT / ".github" / "ISSUE_TEMPLATE" / "1-evidence.yml"
LABEL = "accepted"
SHOWN = 20  # findings that are told
_LOGIN = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
TEXT = """\
Closes #{n}. The finding is as issue #{n} told it, read by `hiwar check`. Open its source before you merge it.{interest}

Checks begin once somebody closes this and opens it again: GitHub starts none for what a workflow opened.

<div dir="rtl">

ما وُجد هنا كما ورد في البلاغ ‎#{n}‎، وقد اجتاز `hiwar check`. افتح المصدر قبل الدمج.{interest_ar}

تبدأ الفحوص حين يُغلق هذا الطلب ثم يُعاد فتحه، لأن GitHub لا يبدؤها لما يفتحه سير عمل آلي.

</div>
"""
INTEREST = (
    "\n\n**Conflict of interest:** whoever reported it works for this agency, or did in the last two years.",
    "\n\n**تضارب مصالح:** مَن أبلغ به يعمل في هذه الجهة، أو عمل فيها خلال السنتين الماضيتين.",
)


def labels() -> dict[str, str]:
    """The headings of the issue form by field."""
    form = yaml.safe_load(FORM.read_text(encoding="utf-8"))
    return {part["id"]: part["attributes"]["label"] for part in form["body"] if "id" in part}


def accept(event: dict[str, Any], token: str, data: Path) -> str:
    """Write the pull request, or say on the issue what it still needs; gives what was done. Raises Refused."""
    issue = event["issue"]
    number, login = int(issue["number"]), str(issue["user"]["login"])
    if event["action"] != "labeled" or event["label"]["name"] != LABEL or "pull_request" in issue:
        raise Refused("this is no issue that was accepted")
    api, told = Api(event["repository"]["full_name"], token), answers(issue["body"] or "", labels())
    dataset = read_dataset(data).dataset
    if dataset is None or not _LOGIN.fullmatch(login):
        raise Refused("the data cannot be read, or the name of whoever reported is no name of GitHub")
    found = made(told, login, dataset)
    if found.item is None:
        return _say(api, number, found.missing)
    path = data / dataset.agencies[found.agency].path / f"evidence-issue-{number}.yml"
    content, problems = _checked(data, path, found)
    if errors := [problem for problem in problems if problem.severity == "error"]:
        return _say(api, number, [_sentence(problem) for problem in errors[:SHOWN]])
    interest = "Yes" in told.get("interest", "")
    return _propose(
        api, event["repository"]["default_branch"], number, f"data/{path.relative_to(data)}", content, interest
    )


def _checked(data: Path, path: Path, found: Made) -> tuple[str, Sequence[Problem]]:
    """The file's text, and what `hiwar check` says of it; nothing stays behind."""
    assert found.item is not None
    content = HEADING.format("evidence") + plain_yaml([dict(found.item)])
    path.write_text(content, encoding="utf-8")
    try:
        return content, check_dataset(read_dataset(data, only=[path]), datetime.now(UTC).date())
    finally:
        path.unlink()


def _sentence(problem: Problem) -> Text:
    def side(language: str) -> str:
        mend = f" – {inert(getattr(problem.mend, language))}" if problem.mend else ""
        return f"{inert(getattr(problem.must, language))}{mend} (`{problem.code}`)"

    return Text(en=side("en"), ar=side("ar"))


def _say(api: Api, number: int, sentences: Sequence[Text]) -> str:
    english, arabic = ("\n".join(f"- {getattr(one, side)}" for one in sentences) for side in ("en", "ar"))
    body = (
        f"Before this becomes a pull request:\n\n{english}\n\nEdit the issue, then take the label `{LABEL}` off "
        f'and put it on again.\n\n<div dir="rtl">\n\nقبل أن يصير هذا البلاغ طلب دمج:\n\n{arabic}\n\n'
        f"عدّل البلاغ، ثم انزع الوسم `{LABEL}` وضعه مرة أخرى.\n\n</div>\n"
    )
    api.ask(f"issues/{number}/comments", "POST", {"body": body})
    return f"asked for {len(sentences)} things on issue {number}"


def _propose(api: Api, main: str, number: int, path: str, content: str, interest: bool) -> str:
    """A branch from main with the one file, and the pull request. Raises Refused where the branch is there already."""
    branch = f"issue-{number}"
    start = api.ask(f"git/ref/heads/{main}")["object"]["sha"]
    try:
        api.ask("git/refs", "POST", {"ref": f"refs/heads/{branch}", "sha": start})
    except urllib.error.HTTPError as error:
        raise Refused(f"the branch {branch} cannot be made ({error.code}): is there a pull request already?") from None
    written = base64.b64encode(content.encode()).decode()
    api.ask(f"contents/{path}", "PUT", {"message": f"Evidence of issue {number}", "content": written, "branch": branch})
    told = INTEREST if interest else ("", "")
    body = TEXT.format(n=number, interest=told[0], interest_ar=told[1])
    api.ask("pulls", "POST", {"title": f"Evidence of issue {number}", "head": branch, "base": main, "body": body})
    return f"opened a pull request of issue {number}"


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when something was written, 1 when nothing was, and why."""
    path = (arguments or sys.argv[1:])[0]
    try:
        print(accept(json.loads(Path(path).read_bytes()), os.environ["GH_TOKEN"], ROOT / "data"))
    except Refused as refused:
        print(f"nothing was written: {refused}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
