"""Platform archives as they are downloaded, each invented here, with records that are broken."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from scoring.cli import main


def mangled(text: str) -> str:
    """As Facebook and Instagram write it."""
    return text.encode().decode("latin-1")


TWEETS = [
    {"tweet": {"id_str": "11", "created_at": "Wed Nov 11 16:49:21 +0000 2015", "full_text": "سعر &amp; وقت",
               "lang": "ar", "extended_entities": {"media": [{}, {}]}}},
    {"tweet": {"id_str": "12", "created_at": "Thu Nov 12 16:49:21 +0000 2015", "full_text": "@a yes", "lang": "en",
               "in_reply_to_status_id_str": "9"}},
    {"tweet": {"id_str": "13", "created_at": "Thu Nov 12 17:49:21 +0000 2015", "full_text": "RT @b: =cmd()"}},
    {"tweet": {"id_str": "14", "created_at": "never", "full_text": "when"}},
    {"tweet": "broken"}, 7,
]  # fmt: skip
FACEBOOK = [
    {"timestamp": 1447260561, "data": [{"post": mangled("خدمة جديدة")}],
     "attachments": [{"data": [{"media": {}}, {"x": 1}]}]},
    {"timestamp": 1447260562, "data": [{"update_timestamp": 3}], "title": "An account changed its picture"},
    {"timestamp": "late", "data": [{"post": "when"}]},
]  # fmt: skip
INSTAGRAM = [
    {"media": [{"uri": "a.jpg", "creation_timestamp": 1447260561, "title": mangled("صورة 😀")}]},
    {"media": [{"uri": "a.jpg"}, {"uri": "b.jpg"}], "title": "Two", "creation_timestamp": 1447260562},
]
MASTODON: dict[str, Any] = {
    "@context": "https://www.w3.org/ns/activitystreams", "orderedItems": [
        {"type": "Create", "published": "2023-01-02T03:04:05Z", "object": {
            "id": "https://m.example/1", "url": "https://m.example/@a/1", "published": "2023-01-02T03:04:05Z",
            "content": "<p>Line<br>two &lt;b&gt;</p><p><a href='x'>link</a></p>", "contentMap": {"en": "…"},
            "attachment": [{"name": "described"}, {"name": None}]}},
        {"type": "Create", "published": "2023-01-03T03:04:05Z", "object": {
            "id": "https://m.example/2", "inReplyTo": "https://m.example/9", "published": "2023-01-03T03:04:05Z",
            "content": "<p>answer</p>"}},
        {"type": "Announce", "id": "https://m.example/3", "published": "2023-01-04T03:04:05Z",
         "object": "https://o.example/5"},
    ],
}  # fmt: skip


def imported(path: Path, *options: str) -> tuple[dict[str, Any], list[dict[str, str]]]:
    to = path.parent / "out"
    assert main(["import", "posts", str(path), "--to", str(to), *options]) < 2
    with (to / "posts.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    told = json.loads((to / "import.json").read_text(encoding="utf-8"))
    assert told["read"] == told["kept"] + told["repeated"] + told["filtered"] + sum(told["rejected"].values())
    return told, rows


def test_x(tmp_path: Path) -> None:
    path = tmp_path / "tweets.js"
    path.write_text("window.YTD.tweets.part0 = " + json.dumps(TWEETS), encoding="utf-8")
    told, rows = imported(path)
    assert (told["read"], told["kept"], told["rejected"]) == (6, 3, {"bad_time": 1, "no_text": 2})
    assert rows[0] == {
        "id": "11", "time": "2015-11-11T16:49:21Z", "url": "https://x.com/i/web/status/11", "text": "سعر & وقت",
        "reply_to": "", "repost": "false", "language": "ar", "media": "2", "described_media": "",
    }  # fmt: skip
    assert [(r["id"], r["reply_to"], r["repost"]) for r in rows[1:]] == [("12", "9", "false"), ("13", "", "true")]


def test_facebook_text_is_repaired(tmp_path: Path) -> None:
    path = tmp_path / "profile_posts_1.json"
    path.write_text(json.dumps(FACEBOOK), encoding="utf-8")
    told, rows = imported(path)
    assert told["rejected"] == {"bad_time": 1, "no_text": 1}
    assert [(r["text"], r["time"], r["media"]) for r in rows] == [("خدمة جديدة", "2015-11-11T16:49:21Z", "1")]
    again = imported(path)[1]
    assert rows[0]["id"].startswith("fb-") and again == rows


@pytest.mark.parametrize("wrapped", [False, True])
def test_instagram(tmp_path: Path, wrapped: bool) -> None:
    path = tmp_path / "posts_1.json"
    path.write_text(json.dumps({"ig_posts": INSTAGRAM} if wrapped else INSTAGRAM), encoding="utf-8")
    _, rows = imported(path)
    assert [(r["text"], r["media"]) for r in rows] == [("صورة 😀", "1"), ("Two", "2")]


def test_mastodon(tmp_path: Path) -> None:
    path = tmp_path / "outbox.json"
    path.write_text(json.dumps(MASTODON), encoding="utf-8")
    _, rows = imported(path)
    assert rows[0]["text"] == "Line\ntwo <b>\n\nlink"
    assert (rows[0]["media"], rows[0]["described_media"], rows[0]["language"]) == ("2", "1", "en")
    assert [(r["reply_to"] != "", r["repost"]) for r in rows] == [(False, "false"), (True, "false"), (False, "true")]


def test_an_archive_in_parts(tmp_path: Path) -> None:
    path = tmp_path / "twitter.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data/tweets.js", "window.YTD.tweets.part0 = " + json.dumps(TWEETS[:2]))
        archive.writestr("data/tweets-part1.js", "window.YTD.tweets.part1 = " + json.dumps(TWEETS[1:3]))
        archive.writestr("data/direct-messages.js", "window.YTD.dm = [private]")
    told, rows = imported(path)
    assert (told["read"], told["repeated"], [r["id"] for r in rows]) == (4, 1, ["11", "12", "13"])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tweets.js", b"window.YTD.tweets.part0 = [{"),
        ("outbox.json", b'{"orderedItems": [{"object": "\xff\xfe"}]}'),
        ("posts_1.json", b'[{"creation_timestamp": 1, "title": "a"}, '),
        ("notes.json", b'{"hello": 1}'),
        ("empty.json", b""),
    ],
)
def test_what_is_broken_is_told_and_leaves_nothing(
    tmp_path: Path, name: str, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(content)
    assert main(["import", "posts", str(tmp_path / name), "--to", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err
    assert name in said and ("تالف" in said or "ليس" in said)
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_a_bomb_is_not_unpacked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("tweets.js", b"window.YTD.tweets.part0 = [" + b" " * 50_000_000)
    assert main(["import", "posts", str(path), "--to", str(tmp_path / "out")]) == 2
    assert "implausible" in capsys.readouterr().err


def test_imported_posts_can_be_sampled(tmp_path: Path) -> None:
    path = tmp_path / "tweets.js"
    path.write_text("window.YTD.tweets.part0 = " + json.dumps(TWEETS), encoding="utf-8")
    imported(path)
    drawn = tmp_path / "drawn"
    assert main(["sample", str(tmp_path / "out/posts.csv"), "--seed", "1", "--n", "5", "--to", str(drawn)]) == 0
    assert "frame: 2" in (drawn / "sample.yml").read_text(encoding="utf-8"), "a repost is not the agency's own"
