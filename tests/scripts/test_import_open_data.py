"""Observed open data: counts as the data gives them, and always shown as history."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from importers.open_data import boston_agencies, case_counts, nyc_agencies, read_open_data, rows_of

from scoring.source.dataset import read_dataset

ROOT = Path(__file__).resolve().parents[2]
OBSERVED = ROOT.parent / "shared" / "observed"
DECIDED = read_open_data(ROOT / "scripts" / "importers" / "open_data.yml")
needs_data = pytest.mark.skipif(not OBSERVED.is_dir(), reason="the open data is not beside this repository")


def case(
    opened: str, closed: str, on_time: str = "ONTIME", department: str = "PWDx", by: str = "Twitter"
) -> dict[str, str]:
    status = "Closed" if closed else "Open"
    keys = ("OPEN_DT", "CLOSED_DT", "OnTime_Status", "CASE_STATUS", "Department", "Source")
    return dict(zip(keys, (opened, closed, on_time, status, department, by), strict=True))


def test_cases_are_counted_and_open_ones_have_no_hours() -> None:
    cases = [
        case("01/01/2015 01:00:00 PM", "01/01/2015 03:00:00 PM"),
        case("01/01/2015 01:00:00 AM", "01/02/2015 01:00:00 AM", "OVERDUE"),
        case("01/01/2015 01:00:00 AM", "", "OVERDUE"),
    ]
    wanted = {"received": 3, "closed": 2, "on_time": 1, "overdue": 2, "median_hours_to_close": 13.0}
    assert case_counts(cases) == wanted


def test_only_cases_by_twitter_count() -> None:
    cases = [case("01/01/2015 01:00:00 PM", ""), case("01/01/2015 01:00:00 PM", "", by="Self Service")]
    [(profile, [item])] = boston_agencies(cases, DECIDED.boston)
    assert profile.name.en == "Public Works Department, Boston"
    assert item.value == 1 and item.context is not None and item.note is not None and item.note.ar


def sample(agency: str, platform: str, url: str, day: str, count: str) -> dict[str, str]:
    keys = ("Agency", "Platform", "Url", "Date Sampled", "Likes/Followers/Visits/Downloads")
    return dict(zip(keys, (agency, platform, url, f"{day} 12:00:00 AM", count), strict=True))


def test_accounts_of_a_label_are_added_up_and_totals_left_out() -> None:
    rows = [
        sample("YMI", "Twitter", "a", "08/08/2011", "5"),
        sample("Young Mens Initiative", "Twitter", "b", "11/09/2012", "30"),
        sample("YMI", "Twitter", "a", "11/09/2012", "7"),
        sample("YMI", "Twitter", "a", "12/12/2012", "6"),
        sample("YMI", "Tumblr", "c", "11/09/2012", ""),
        sample("TOTAL", "TOTAL", "TOTAL", "11/09/2012", "999"),
    ]
    [(profile, items)] = nyc_agencies(rows, DECIDED.nyc)
    assert profile.id == "us-nyc-young-mens-initiative"
    found = {item.channel: item for item in items}
    assert found["x"].value == 37 and found["x"].counts == {"accounts": 2, "first": 35}
    assert found["x"].period is not None and found["x"].period.end == "2012-11-09"
    assert found["tumblr"].value is None


@needs_data
def test_boston_counts_agree_with_the_summary_of_the_data() -> None:
    folder = OBSERVED / "boston-311-2015"
    made = {
        i.id: i for _, items in boston_agencies(rows_of(folder / "twitter_cases.csv"), DECIDED.boston) for i in items
    }
    with (folder / "summary_by_department_channel.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["channel"] == "Twitter"]
    assert len(rows) == len(made) == 9
    for row in rows:
        code = row["department"].lower().strip("_").replace(" ", "-")
        counts = made[f"us-boston-2015-{code}.cases_received"].counts
        assert [counts["received"], counts["closed"], counts["on_time"]] == [
            int(row[key]) for key in ("cases", "closed", "on_time")
        ]


@needs_data
def test_every_label_of_new_york_is_in_the_data() -> None:
    reading = read_dataset(ROOT / "data")
    assert reading.dataset is not None
    path = OBSERVED / "nyc-social-media-usage-2011-2012" / "NYC_Social_Media_Usage.csv"
    made = [*nyc_agencies(rows_of(path), DECIDED.nyc)]
    assert {profile.id for profile, _ in made} <= reading.dataset.agencies.keys()
    for profile, items in made:
        assert {i.id for i in items} <= {i.id for i in reading.dataset.agencies[profile.id].evidence}
