"""`_headers` is read as its hosts read it, and no two of our rules give one file two policies."""

from __future__ import annotations

import pytest

from scoring.headers import said
from scoring.render.policy import headers

OURS = headers(("ar", "en"), '<meta charset="utf-8"><script>a()</script>')


def test_wildcards_placeholders_and_joined_values() -> None:
    text = "/*\n  A: 1\n/editions/:id/ar/*\n  A: 2\n  B: x: y\n"
    assert said("/", text) == {"A": "1"}
    assert said("/editions/2026-11/ar/index.html", text) == {"A": "1, 2", "B": "x: y"}
    assert said("/editions/2026-11/x/ar/", text) == {"A": "1"}


@pytest.mark.parametrize("tree", ["/", "/demo/"])
@pytest.mark.parametrize("path", ["", "index.html", "404.html", "ar/", "en/rankings/overall/2/"])
def test_pages_are_never_framed(tree: str, path: str) -> None:
    told = said(tree + path, OURS)
    policy = told["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'") and policy.endswith("frame-ancestors 'none'")
    assert "," not in policy and told["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("path", ["/editions/2026-11/", "/editions/2026-11/ar/", "/editions/2026-11/en/index.html"])
def test_pages_of_frozen_editions_keep_their_own_policy_and_are_not_framed(path: str) -> None:
    assert said(path, OURS)["Content-Security-Policy"] == "frame-ancestors 'none'"


@pytest.mark.parametrize("path", ["/embed/ar/readiness/", "/editions/2026-11/embed/en/readiness/", "/demo/embed/en/x/"])
def test_embeds_are_framed_by_anybody(path: str) -> None:
    told = said(path, OURS)
    assert "Content-Security-Policy" not in told and "X-Frame-Options" not in told
    assert told["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize("path", ["/api/v1/scores.json", "/data/editions.json", "/demo/api/v1/scores.json"])
def test_data_are_fetched_by_anybody(path: str) -> None:
    told = said(path, OURS)
    assert told["Access-Control-Allow-Origin"] == "*" and told["X-Content-Type-Options"] == "nosniff"
