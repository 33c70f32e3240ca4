"""Open data to plain tables: spellings, moments, refusals, and an account in which every row has its place."""

from __future__ import annotations

import csv
import gzip
import json
import random
from pathlib import Path
from typing import Any

import pytest

from scoring.cli import main

ROOT = Path(__file__).resolve().parents[2]
OBSERVED = ROOT.parent / "shared" / "observed"
real = pytest.mark.skipif(not OBSERVED.is_dir(), reason="../shared/observed is absent")

BOSTON = '''CASE_ENQUIRY_ID,OPEN_DT,CLOSED_DT,CASE_STATUS,TYPE,Department,Source
1,01/09/2015 01:47:46 PM,01/10/2015 01:47:46 PM,Closed,Sign,PWDx,Twitter
2,01/09/2015 12:00:00 AM,,Open,"Light, ""old""",PWDx,Constituent Call
3,01/09/2015 01:00:00 PM,01/08/2015 01:00:00 PM,Closed,Sign,PWDx,Twitter
4,yesterday,,Open,Sign,PWDx,Twitter
,01/09/2015 01:00:00 PM,,Open,Sign,PWDx,Twitter
1,01/09/2015 01:47:46 PM,01/10/2015 01:47:46 PM,Closed,Sign,PWDx,Twitter
5,01/09/2015 01:00:00 PM
6,02/01/2015 01:00:00 PM,soon,Closed,=1+1,PWDx,Walkie-Talkie
7,02/01/2015 01:00:00 PM,02/01/2015 02:00:00 PM,Closed,=1+1,PWDx,Citizens Connect App
'''


def run(kind: str, *files: Path, to: Path, options: tuple[str, ...] = ()) -> int:
    return main(["import", kind, *map(str, files), "--to", str(to), *options])


def account(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / "import.json").read_text(encoding="utf-8"))
    assert told["read"] == told["kept"] + told["repeated"] + told["filtered"] + sum(told["rejected"].values())
    return told


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def boston(tmp_path: Path) -> Path:
    path = tmp_path / "boston.csv"
    path.write_text(BOSTON, encoding="utf-8")
    return path


def test_every_row_has_its_place(boston: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    to = tmp_path / "out"
    assert run("requests", boston, to=to) == 1
    told = account(to)
    assert (told["read"], told["kept"], told["repeated"]) == (9, 3, 1)
    assert told["rejected"] == {
        "bad_closed": 1,
        "bad_opened": 1,
        "broken_row": 1,
        "closed_before_opened": 1,
        "no_id": 1,
    }
    refused = {row["reason"]: row for row in rows(to / "rejected.csv")}
    assert refused["bad_opened"]["record"] == "4" and "yesterday" in refused["bad_opened"]["row"]
    assert refused["broken_row"]["row"].startswith("5,") and refused["broken_row"]["السبب"]
    assert "refused, broken_row: 1" in capsys.readouterr().out


def test_columns_mean_one_thing_whatever_they_are_called(boston: Path, tmp_path: Path) -> None:
    run("requests", boston, to=tmp_path / "out")
    found = rows(tmp_path / "out/requests.csv")
    assert found[1] == {
        "id": "1", "opened": "2015-01-09T13:47:46", "first_reply": "", "closed": "2015-01-10T13:47:46", "channel": "x",
        "department": "PWDx", "type": "Sign", "status": "closed",
    }  # fmt: skip
    assert [(r["id"], r["channel"], r["closed"]) for r in found] == [
        ("2", "phone", ""), ("1", "x", "2015-01-10T13:47:46"), ("7", "app", "2015-02-01T14:00:00"),
    ]  # fmt: skip
    assert found[0]["type"] == 'Light, "old"'
    assert found[2]["type"] == "'=1+1", "a spreadsheet must not run it"


SAN_FRANCISCO = """CaseID,Opened,Closed,Status,Responsible Agency,Category,Source
11,2015-03-01T10:00:00.000,2015-03-02T10:00:00.000,Closed,DPW,Street,Twitter
"""
OPEN311 = """service_request_id,status,service_name,requested_datetime,updated_datetime,first_response_datetime
12,closed,Pothole,2015-03-01T10:00:00-05:00,2015-03-01T18:30:00-05:00,2015-03-01T16:00:00Z
13,open,Pothole,2015-03-01T10:00:00Z,2015-03-05T10:00:00Z,
"""


def test_closing_is_kept_apart_from_the_first_reply(tmp_path: Path) -> None:
    for name, text in (("sf", SAN_FRANCISCO), ("open311", OPEN311)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        assert run("requests", tmp_path / f"{name}.csv", to=tmp_path / name) == 0
    (one,) = rows(tmp_path / "sf/requests.csv")
    assert (one["opened"], one["closed"], one["first_reply"]) == ("2015-03-01T10:00:00", "2015-03-02T10:00:00", "")
    open_, closed = rows(tmp_path / "open311/requests.csv")
    assert (closed["opened"], closed["first_reply"]) == ("2015-03-01T15:00:00Z", "2015-03-01T16:00:00Z")
    assert closed["closed"] == "2015-03-01T23:30:00Z", "closed: told by the last update"
    assert open_["closed"] == "", "an open case is not closed by an update"


def test_filters_are_counted(boston: Path, tmp_path: Path) -> None:
    assert run("requests", boston, to=tmp_path / "a", options=("--channel", "x", "--until", "2015-01-31")) == 1
    told = account(tmp_path / "a")
    assert (told["kept"], told["filtered"], told["repeated"]) == (1, 2, 1)


def test_the_same_files_give_the_same_bytes_and_overlaps_count_once(boston: Path, tmp_path: Path) -> None:
    lines = BOSTON.splitlines(keepends=True)
    parts = [tmp_path / "a.csv", tmp_path / "b.csv.gz"]
    parts[0].write_text("".join(lines[:3]), encoding="utf-8")
    parts[1].write_bytes(gzip.compress("".join([lines[0], *lines[1:]]).encode()))
    whole, split = tmp_path / "whole", tmp_path / "split"
    run("requests", boston, to=whole)
    run("requests", *parts, to=split)
    assert (whole / "requests.csv").read_bytes() == (split / "requests.csv").read_bytes()
    first = {p.name: p.read_bytes() for p in split.iterdir()}
    run("requests", *reversed(parts), to=split)
    assert {p.name: p.read_bytes() for p in split.iterdir()} == first


def test_what_fails_leaves_what_stood(boston: Path, tmp_path: Path) -> None:
    run("requests", boston, to=tmp_path / "out")
    before = {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()}
    (tmp_path / "bad.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert run("requests", boston, tmp_path / "bad.csv", to=tmp_path / "out") == 2
    assert {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()} == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bad.csv", "boston.csv", "out"], "nothing is left lying about"


def test_missing_columns_are_told_in_both_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert run("requests", tmp_path / "bad.csv", to=tmp_path / "out") == 2
    said = capsys.readouterr().err
    assert "case_enquiry_id" in said and "Found: a, b" in said and "يحتاج الجدول" in said
    assert run("requests", tmp_path / "absent.csv", to=tmp_path / "out") == 2
    (tmp_path / "binary.csv").write_bytes(b"\xff\xfe\x00id")
    assert run("requests", tmp_path / "binary.csv", to=tmp_path / "out") == 2


FOLLOWERS = """Agency,Platform,Url,Date Sampled,Likes/Followers/Visits/Downloads
OEM,Twitter,http://twitter.com/x,02/17/2012 12:00:00 AM,"61,652"
OEM,Linked-In,,02/17/2012 12:00:00 AM,12
OEM,Walkman,,02/17/2012 12:00:00 AM,3
OEM,SMS,,02/17/2012 12:00:00 AM,
OEM,SMS,,02/17/2012 12:00:00 AM,many
TOTAL,TOTAL,TOTAL,08/08/2011 12:00:00 AM,1365840
"""


def test_messy_labels_and_totals(tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text(FOLLOWERS, encoding="utf-8")
    run("followers", tmp_path / "f.csv", to=tmp_path / "out")
    assert account(tmp_path / "out")["rejected"] == {"bad_count": 1, "no_count": 1, "total": 1}
    found = [(r["platform"], r["label"], r["followers"]) for r in rows(tmp_path / "out/followers.csv")]
    assert sorted(found) == [("linkedin", "Linked-In", "12"), ("other", "Walkman", "3"), ("x", "Twitter", "61652")]


def test_anything_at_all_is_accounted_for(tmp_path: Path) -> None:
    """Rows of random rubbish: as many as a plain reader of lines sees."""
    rubbish = random.Random(7)
    for attempt in range(5):
        lines = ["id,opened,closed,source"]
        for n in range(300):
            cells = [
                str(n),
                "2015-01-01",
                rubbish.choice(["", "2015-02-01", "x\u202ey", "né"]),
                rubbish.choice("abc,\t;"),
            ]
            lines.append(",".join(cells[: rubbish.choice([1, 2, 3, 4, 4, 4, 4])]))
        path = tmp_path / f"{attempt}.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        run("requests", path, to=tmp_path / "out")
        assert account(tmp_path / "out")["read"] == 300


@real
def test_boston_counts_as_its_source_says(tmp_path: Path) -> None:
    folder = OBSERVED / "boston-311-2015"
    assert run("requests", folder / "all_channels_timing.csv.gz", to=tmp_path / "all") == 1
    assert account(tmp_path / "all")["read"] == 121_145
    assert account(tmp_path / "all")["rejected"] == {"closed_before_opened": 197}
    assert run("requests", folder / "twitter_cases.csv", to=tmp_path / "x") == 0
    assert account(tmp_path / "x")["kept"] == 61
    channels = {r["channel"]: int(r["cases"]) for r in rows(tmp_path / "all/channels.csv")}
    assert channels["x"] == 61 and sum(channels.values()) == 121_145 - 197


@real
def test_new_york_counts_as_its_source_says(tmp_path: Path) -> None:
    run("followers", OBSERVED / "nyc-social-media-usage-2011-2012/NYC_Social_Media_Usage.csv", to=tmp_path / "out")
    told = account(tmp_path / "out")
    assert (told["read"], told["rejected"]["total"]) == (5_899, 19)


@real
@pytest.mark.parametrize(("name", "kept", "replies"), [("potus44", 304, 87), ("flotus44", 2_751, 50)])
def test_the_national_archives_posts(tmp_path: Path, name: str, kept: int, replies: int) -> None:
    """Its source counts 321 and 4,018 rows with the retweets, which were dropped from the copy, and these replies."""
    run("posts", OBSERVED / f"nara-potus44-flotus44/tweets_{name}.csv", to=tmp_path / "out")
    found = rows(tmp_path / "out/posts.csv")
    assert account(tmp_path / "out")["kept"] == len(found) == kept
    assert sum(bool(row["reply_to"]) for row in found) == replies
    assert all(row["time"].endswith("Z") for row in found)


@real
def test_the_exhibits_are_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    """What data/exhibits.yml says is what the files say today, to the byte."""
    from make_exhibits import main as make

    archive = OBSERVED / "nara-potus44-flotus44"
    files = ["--boston", str(OBSERVED / "boston-311-2015/all_channels_timing.csv.gz")]
    files += ["--potus", str(archive / "tweets_potus44.csv"), "--flotus", str(archive / "tweets_flotus44.csv")]
    assert make([*files, "--check"]) == 0
