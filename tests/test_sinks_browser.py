"""Every free text of an agency, in every place where it is shown, opened in Chromium without the policy that would stop
what got through: nothing in it runs."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import markdown as python_markdown
import pytest
from pydantic import BaseModel

from scoring.home import Home
from scoring.model import Dataset, Enquiry, Reply
from scoring.model.agency import Period
from scoring.model.reply import Stage
from scoring.publish import Published, write_site
from scoring.render.explained import explained_text
from scoring.render.language import LANGUAGES, language
from scoring.render.tables import scores_text
from scoring.render.view import View
from scoring.results import compute, newest_reading
from scoring.review.markdown import markdown
from scoring.shells import Shells
from tests.review.samples import review
from tests.serving import served
from tests.town import town

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parent.parent
RUNS = "window.__ran=1"
BAIT = (
    f"=1+1\"'><script>{RUNS}</script><img src=x onerror={RUNS}><svg onload={RUNS}>]]></title></textarea>{{{{ 7*7 }}}}"
)
ADDRESS = f'https://x.example/"><script>{RUNS}</script>'  # another scheme is refused by a rule, and by the site's check
SHORT = f"<img src=x onerror={RUNS}>"  # where a text may not be longer
ADDRESSES = {"url", "also", "website", "archived"}
CHOSEN = {"unit", "value"}  # from lists of the method: a rule refuses others
READ = {".html", ".svg", ".json", ".jsonld", ".xml", ".atom", ".csv"}


def baited(model: BaseModel) -> Any:
    """The record with bait in every free text that it has or could have, found by its schema."""
    schema = type(model).model_json_schema()
    told = _filled(schema, schema.get("$defs", {}), model.model_dump(mode="json", exclude_none=True), "")
    return type(model).model_validate_json(json.dumps(told))


def _filled(part: dict[str, Any], defs: dict[str, Any], value: Any, name: str) -> Any:
    choices = [one for one in part.get("anyOf", [part]) if one.get("type") != "null"]
    if name in CHOSEN or len(choices) > 1:
        return value
    part = part | choices[0]
    part = part | (defs[part["$ref"].rpartition("/")[2]] if "$ref" in part else {})
    if "properties" in part:
        whole = part["properties"] if value or set(part["properties"]) == {"en", "ar"} else {}
        made = {key: _filled(one, defs, (value or {}).get(key), key) for key, one in whole.items()}
        return {key: one for key, one in made.items() if one is not None} or None
    if part.get("type") == "array":
        free = _filled(part["items"], defs, None, name)
        return [free] if free else [_filled(part["items"], defs, one, name) for one in value or ()]
    if part.get("type") != "string" or {"pattern", "enum", "format", "const"} & part.keys():
        return value
    return _bait(name, part.get("maxLength", 1000))


def _bait(name: str, most: int) -> str:
    text = ADDRESS if name in ADDRESSES else BAIT
    return text if len(text) <= most else SHORT


@pytest.fixture(scope="module")
def poisoned() -> View:
    dataset: Dataset = town(350, 300, 250, 200, 120, 90, 60, 30, 10, 5)
    day = newest_reading(dataset)
    agencies = {}
    for id, agency in dataset.agencies.items():
        asked = {"id": f"{id}.e", "asked": f"{day}T09:30+03:00", "channel": "x", "language": "ar", "tester": "t1"}
        reply = {"id": f"{id}.r", "received": day, "office": {"en": "x"}, "language": "ar", "text": {"ar": "x"},
                 "verified": {"how": "letter", "by": "t", "on": day}, "disputes": (agency.evidence[0].id,),
                 "outcome": {"decision": "kept", "on": day, "by": "t", "because": {"en": "x", "ar": "x"}}}  # fmt: skip
        account = {"platform": "x", "handle": "x"}
        profile = type(agency.profile).model_validate(agency.profile.model_dump() | {"accounts": (account,)})
        items = [item.model_copy(update={"period": Period(label="x")}) for item in agency.evidence]
        agencies[id] = replace(
            agency,
            profile=baited(profile),
            evidence=tuple(baited(item) for item in items),
            enquiries=(baited(Enquiry.model_validate(asked)),),
            replies=(baited(Reply.model_validate(reply)),),
            stages=(baited(Stage.model_validate({"stage": "gathering", "since": day})),),
        )
    return View(compute(replace(dataset, agencies=agencies), day))


@pytest.fixture(scope="module")
def site(poisoned: View, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, home = tmp_path_factory.mktemp("sinks"), Home(ROOT, ROOT)
    write_site(Published(poisoned), Shells(home, poisoned.as_of, folder / "mkdocs"), home, folder / "site")
    return folder / "site"


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(bypass_csp=True)
    yield context.new_page()
    context.close()


def ran(page: Any) -> bool:
    return bool(page.evaluate("window.__ran === 1"))


def test_the_bait_runs_where_text_is_taken_for_markup(page: Any) -> None:
    for text in (BAIT, SHORT, f'<a href="{ADDRESS}">'):
        page.set_content(f"<body>{text}</body>")
        page.wait_for_timeout(100)
        assert ran(page), text
        page.goto("about:blank")


def test_every_free_text_is_baited(poisoned: View) -> None:
    agency = next(iter(poisoned.dataset.agencies.values()))
    told = str((agency.profile, agency.evidence[0], agency.enquiries, agency.replies, agency.stages))
    fields = (
        "handle= website= note= title= also= finding= stated= label= segment= office= text= because= sample= named="
    )
    for field in fields.split():
        at = [found.end() for found in re.finditer(rf"\b{field}", told)]
        assert any("__ran" in told[start : start + 200] for start in at), field


@pytest.mark.parametrize("code", [*LANGUAGES, ""])
def test_nothing_runs_on_any_page_or_document(site: Path, page: Any, code: str) -> None:
    """Every file of a language's tree, or of what the languages share."""
    shown, wrong = 0, []
    files = [path for path in sorted(site.rglob("*")) if path.suffix in READ and _tree(site, path) == code]
    with served(site) as address:
        for path in files:
            if path.suffix == ".csv":
                continue  # is no document; read below
            name = path.relative_to(site).as_posix()
            page.goto(f"{address}/{name}", wait_until="load")
            shown += "__ran" in path.read_text("utf-8")
            wrong += [name] if ran(page) or page.locator('a[href^="javascript:" i]').count() else []
    assert not wrong, wrong[:10]
    assert shown > 10, "it was there to be shown"


def _tree(site: Path, path: Path) -> str:
    first = path.relative_to(site).parts[0]
    return first if first in LANGUAGES else ""


def test_no_cell_of_a_table_for_spreadsheets_is_a_formula(site: Path) -> None:
    """Beside each faithful table, for programs, stands one for spreadsheets (decisions/0013)."""
    tables = [path for path in site.rglob("*.csv") if not path.with_suffix(".safe.csv").exists()]
    cells = [cell for path in tables for row in csv.reader(path.read_text("utf-8-sig").splitlines()) for cell in row]
    assert any("__ran" in cell for cell in cells)
    assert not [cell for cell in cells if (cell[:1] in "=@\t\r" and cell) or re.match(r"[+-](?![\d.])", cell)]


def test_nothing_runs_in_a_comment(page: Any) -> None:
    """Rendered without any of GitHub's own cleaning."""
    made = markdown(review(BAIT[:280]))
    page.set_content(python_markdown.markdown(made, extensions=["tables"]))
    page.wait_for_timeout(100)
    assert not ran(page) and "__ran" in page.inner_text("body").replace("\u200b", "")
    assert page.locator("body script, body img, body a").count() == 0


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_acts_on_a_terminal(poisoned: View, code: str) -> None:
    told = explained_text(poisoned, language(code), next(iter(poisoned.dataset.agencies))) + scores_text(poisoned)
    assert "__ran" in told and all(char >= " " or char == "\n" for char in told)
