"""Three data sets as they are published: the real one, the fictional one, and a town in which every text is hostile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest

from scoring.model import Account, Name
from scoring.render.api import files
from scoring.render.view import View
from scoring.results import compute
from tests.town import TODAY, town

BASE = "https://example.org/hiwar/"
FOLDER = "api/v1/"
COMMIT = "0123456789abcdef0123456789abcdef01234567"
HOSTILE = (
    '=HYPERLINK("https://evil.example","x")', "+1+1", "-2+3", "@SUM(1)", "=", "-", "＝1+1", "\t=1", "\r=1", " =1",
    '"=1', "«=1»", "\u202e=1", "a;=1+1", "a\n=1", "a\r\n@x", '"', '""', "a\nb", "</script><script>x()</script>",
    "NA", "null", "true", "1,2", "'=1", "{{ 7*7 }}", "محافظة; =1",
)  # fmt: skip


@dataclass(frozen=True)
class Published:
    """A data set and its files, by their path below `api/v1/`."""

    view: View
    files: Mapping[str, bytes]


def published(view: View, changes: tuple[dict[str, object], ...] = ()) -> Published:
    made = list(files(view, base=BASE, commit=COMMIT, changes=changes))
    assert len({path for path, _ in made}) == len(made) and all(path.startswith(FOLDER) for path, _ in made)
    return Published(view, {path.removeprefix(FOLDER): content for path, content in made})


@pytest.fixture(scope="session")
def hostile() -> View:
    """A town in which every free text is something that some reader of tables would act upon."""
    dataset = town(*(380 - 10 * n for n in range(len(HOSTILE))))
    agencies = {}
    for text, (id, agency) in zip(HOSTILE, dataset.agencies.items(), strict=True):
        account = Account(platform="x", handle=text)
        named = {"name": Name(en=text, ar=text), "note": Name(ar=text), "website": text, "accounts": (account,)}
        evidence = tuple(
            item.model_copy(
                update={
                    "finding": Name(en=text), "stated": text, "named": (text, "b"), "counts": {"received": 3},
                    "source": item.source.model_copy(update={"title": text}),
                }
            )
            for item in agency.evidence
        )  # fmt: skip
        agencies[id] = replace(agency, profile=agency.profile.model_copy(update=named), evidence=evidence)
    return View(compute(replace(dataset, agencies=agencies), TODAY))


CHANGE = {
    "id": "c1", "date": "2026-11-22", "commit": COMMIT, "kind": "evidence", "agency": "qa-agency-00",
    "node": "overall", "old": 40.5, "new": 42.25, "rank_old": 3, "rank_new": None, "evidence": 1.75, "ageing": 0.0,
    "method": 0.0, "items": ["a.b", "c.d"], "text_en": "=1", "text_ar": "تغيّر",
}  # fmt: skip


@pytest.fixture(scope="session", params=["real", "demo", "hostile"])
def open_data(request: pytest.FixtureRequest) -> Published:
    names = {"real": "view", "demo": "demo", "hostile": "hostile"}
    changes = (CHANGE,) if request.param == "hostile" else ()
    return published(request.getfixturevalue(names[request.param]), changes)
