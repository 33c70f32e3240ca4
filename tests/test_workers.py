"""One process or several make the same site, and say what each stage took."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest

from scoring.pieces import at_once
from scoring.publish import Published, write_site
from scoring.stages import listening
from tests.built import HOME, small, tree


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a command: other tests of this run may have left threads, beside which nothing is forked."""
    monkeypatch.setattr("scoring.pieces.threading.active_count", lambda: 1)


@pytest.mark.usefixtures("alone")
def test_one_process_and_several_make_the_same_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scoring.pouring.AT_ONCE", 1)
    for count in (1, 2, 3):
        monkeypatch.setattr("scoring.pieces.os.cpu_count", lambda count=count: count)
        view, built = small(tmp_path / "mkdocs")  # scored anew, so that nothing is there from before
        write_site(Published(view), built, HOME, tmp_path / f"site{count}")
    assert tree(tmp_path / "site1") == tree(tmp_path / "site2") == tree(tmp_path / "site3")


@pytest.mark.usefixtures("alone")
def test_works_give_their_results_in_order_and_say_what_they_took() -> None:
    out = StringIO()
    with listening(out, timings=True):
        assert list(at_once([("long", lambda: 1), ("short", lambda: "two"), ("short", lambda: None)])) == [
            1,
            "two",
            None,
        ]
    told = [line.rsplit(None, 2)[0] for line in out.getvalue().splitlines()]
    assert told == ["- long", "- short", "all"]


@pytest.mark.usefixtures("alone")
def test_what_goes_wrong_in_a_work_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        list(at_once([("a", lambda: 1), ("b", lambda: 1 // 0)]))
