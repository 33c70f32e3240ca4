"""Observed open data → agencies and evidence: Boston's cases by Twitter (2015), New York's accounts (2011–2012).

It is history: every item is context and says of what years it speaks.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from statistics import median
from typing import Any, Literal, NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict

from importers import phrases
from importers.agencies import slug
from importers.phrases import Both, joined
from importers.records import Loader
from scoring.model import Evidence, Profile, Seq

Agency = tuple[Profile, list[Evidence]]


class Label(BaseModel):
    """What a label of the data stands for."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    name: str | None = None
    kind: Literal["agency", "service", "group"] = "agency"
    parent: str | None = None
    same_as: str | None = None
    skip: bool = False
    because: str


class Dataset(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    repository: str
    commit: str
    path: str
    read_on: str


class Boston(Dataset):
    departments: dict[str, Label]


class NewYork(Dataset):
    left_out_sample: str
    labels: dict[str, Label]
    platforms: dict[str, str]
    apart: Seq[str]


class OpenData(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    boston: Boston
    nyc: NewYork


def read_open_data(path: Path) -> OpenData:
    """The decisions of `open_data.yml`."""
    return OpenData.model_validate(yaml.load(path.read_text(encoding="utf-8"), Loader))


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, header names as keys."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# --- Boston -----------------------------------------------------------------------------------------------


def boston_agencies(rows: Iterable[dict[str, str]], decided: Boston) -> Iterator[Agency]:
    """One agency for each department code, with the cases that came by Twitter."""
    by_code: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        if row["Source"] == "Twitter":
            by_code[row["Department"]].append(row)
    for code, cases in sorted(by_code.items()):
        label = decided.departments.get(code, Label(because="the data gives no name; the code is kept"))
        name = label.name or code
        agency = f"us-boston-{slug(name, 48)}"
        profile = _profile(agency, f"{name}, Boston", label, None)
        yield profile, [_cases_item(f"us-boston-2015-{slug(code)}.cases_received", cases, decided)]


def case_counts(cases: Sequence[dict[str, str]]) -> dict[str, int | float]:
    """Received, closed, on time, overdue, and the median hours from opening to closing of those closed."""
    hours = [_hours(case) for case in cases if case["CLOSED_DT"]]
    counts: dict[str, int | float] = {
        "received": len(cases),
        "closed": sum(case["CASE_STATUS"] == "Closed" for case in cases),
        "on_time": sum(case["OnTime_Status"] == "ONTIME" for case in cases),
        "overdue": sum(case["OnTime_Status"] == "OVERDUE" for case in cases),
    }
    return counts | ({"median_hours_to_close": round(median(hours), 1)} if hours else {})


def _hours(case: dict[str, str]) -> float:
    return (_moment(case["CLOSED_DT"]) - _moment(case["OPEN_DT"])).total_seconds() / 3600


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%m/%d/%Y %I:%M:%S %p")


def _cases_item(item: str, cases: Sequence[dict[str, str]], decided: Boston) -> Evidence:
    counts = case_counts(cases)
    sentences = [phrases.BOSTON_CASES.filled(**counts)]
    if "median_hours_to_close" in counts:
        sentences.append(phrases.BOSTON_MEDIAN.filled(**counts))
    return Evidence.model_validate(
        {
            "id": item,
            "code": "cases_received",
            "value": counts["received"],
            "unit": "cases",
            "counts": counts,
            "channel": "x",
            "period": {"start": "2015-01-01", "end": "2015-12-31"},
            "finding": joined(sentences),
            "context": joined([phrases.REASONS["history_boston"]]),
            "note": joined([phrases.BOSTON_CAVEAT]),
        }
        | _provenance(decided, "tree", "311 Service Requests", phrases.BOSTON_SOURCE)
    )


# --- New York ---------------------------------------------------------------------------------------------


class Account(NamedTuple):
    """One account and its counts by day, empty ones left out."""

    url: str
    counts: dict[str, int]


def nyc_agencies(rows: Iterable[dict[str, str]], decided: NewYork) -> Iterator[Agency]:
    """One agency for each label, with one item for each platform."""
    accounts = _accounts(rows, decided)
    for name, platforms in sorted(accounts.items()):
        label = decided.labels.get(name, Label(because="the label is kept as it is"))
        parent = f"us-nyc-{slug(label.parent, 50)}" if label.parent else None
        profile = _profile(f"us-nyc-{slug(name, 50)}", f"{name}, New York City", label, parent)
        prefix = f"us-nyc-2012-{slug(name, 30)}.followers"
        yield profile, [_followers_item(f"{prefix}-{p}", p, found, decided) for p, found in platforms.items()]


def _accounts(rows: Iterable[dict[str, str]], decided: NewYork) -> dict[str, dict[str, list[Account]]]:
    """Label → platform → accounts, both under one name each."""
    found: dict[tuple[str, str, str], dict[str, int]] = {}
    for row in rows:
        label = decided.labels.get(row["Agency"])
        if label and label.skip:
            continue
        name = (label and label.same_as) or row["Agency"]
        platform = row["Platform"]
        key = slug(platform) if platform in decided.apart else decided.platforms[platform]
        counts = found.setdefault((name, key, row["Url"]), {})
        day = datetime.strptime(row["Date Sampled"][:10], "%m/%d/%Y").date().isoformat()
        if (number := row["Likes/Followers/Visits/Downloads"]) and day != decided.left_out_sample:
            counts[day] = int(number)
    grouped: dict[str, dict[str, list[Account]]] = defaultdict(lambda: defaultdict(list))
    for (name, key, url), counts in sorted(found.items()):
        grouped[name][key].append(Account(url, counts))
    return grouped


def _followers_item(item: str, platform: str, accounts: Sequence[Account], decided: NewYork) -> Evidence:
    counted = [account.counts for account in accounts if account.counts]
    name = phrases.PLATFORMS[platform]
    counts: dict[str, int] = {"accounts": len(accounts)}
    content: dict[str, Any] = {"period": {"start": "2011", "end": "2012"}}
    sentence = phrases.NYC_UNCOUNTED
    if counted:
        latest = sum(days[max(days)] for days in counted)
        counts["first"] = sum(days[min(days)] for days in counted)
        content = {"value": latest, "unit": "followers"} | _span(counted)
        sentence = phrases.NYC_FOLLOWERS.filled(latest=str(latest), first=str(counts["first"]))
    several = [phrases.NYC_SUM] if len(accounts) > 1 else []
    return Evidence.model_validate(
        {
            "id": item,
            "code": "followers",
            "counts": counts,
            "channel": platform.split("-")[0],
            "finding": joined(
                [phrases.NYC_ACCOUNTS.filled(platform=name.en, platform_ar=name.ar, accounts=len(accounts)), sentence]
            ),
            "context": joined([phrases.REASONS["history_nyc"]]),
            "note": joined([phrases.NYC_CAVEAT, *several]),
        }
        | content
        | _provenance(decided, "blob", "NYC Social Media Usage", phrases.NYC_SOURCE)
    )


def _span(counted: Sequence[dict[str, int]]) -> dict[str, dict[str, str]]:
    return {"period": {"start": min(map(min, counted)), "end": max(map(max, counted))}}


# --- both -------------------------------------------------------------------------------------------------


def _profile(agency: str, name: str, label: Label, parent: str | None) -> Profile:
    return Profile.model_validate(
        {
            "id": agency,
            "name": {"en": name},
            "kind": label.kind,
            "country": "US",
            "level": "local",
            "sector": "municipality",
            "parent": parent,
        }
    )


def _provenance(decided: Dataset, view: str, title: str, note: Both) -> dict[str, Any]:
    return {
        "source": {
            "url": f"https://github.com/{decided.repository}/{view}/{decided.commit}/{decided.path}",
            "title": title,
            "language": "en",
            "kind": "open_data",
            "read": "full",
            "note": joined([note]),
        },
        "observed": date.fromisoformat(decided.read_on),
        "strength": "C",
    }
