"""Files that nobody vouches for: nothing that they hold acts, leaks, or takes more memory than it may."""

from __future__ import annotations

import csv
import fcntl
import json
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from scoring.cli import main

HEAD = "id,opened,closed,source,type\n"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
MIB = 1024 * 1024


def run(kind: str, *files: Path, to: Path, options: tuple[str, ...] = ()) -> int:
    code = main(["import", kind, *map(str, files), "--to", str(to), *options])
    if code < 2:
        told = account(to)
        assert told["read"] == told["kept"] + told["repeated"] + told["filtered"] + sum(told["rejected"].values())
        assert code == bool(told["rejected"])
    return code


def account(to: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((to / "import.json").read_text(encoding="utf-8"))
    return told


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
@pytest.mark.parametrize("end", ["", "\nand a second line"])
def test_no_cell_starts_a_formula(tmp_path: Path, start: str, end: str) -> None:
    file = written(tmp_path / "a.csv", f'id,time,text\n1,2015-01-01,"{start}cmd(){end}"\n')
    run("posts", file, to=tmp_path / "out")
    assert rows(tmp_path / "out/posts.csv")[0]["text"] == f"'{start}cmd(){end}"


def test_what_is_read_is_never_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path / "requests.csv", HEAD + "1,2015-01-01,,x,t\n")
    before = file.read_bytes()
    assert run("requests", file, to=tmp_path) == 2
    assert "written over" in capsys.readouterr().err and file.read_bytes() == before


def test_messages_cannot_act_on_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("requests", written(tmp_path / "a.csv", "\x1b[31mred,b\n1,2\n"), to=tmp_path / "out") == 2
    assert "\x1b" not in capsys.readouterr().err


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_of_two_states_of_a_case_the_newest_is_kept(tmp_path: Path, order: tuple[str, str]) -> None:
    states = ["1,2015-01-01,,x,t\n", "1,2015-01-01,2015-02-01,x,t\n"]
    files = [written(tmp_path / f"{name}.csv", HEAD + state) for name, state in zip(order, states, strict=True)]
    run("requests", *files, to=tmp_path / "out")
    assert [row["closed"] for row in rows(tmp_path / "out/requests.csv")] == ["2015-02-01T00:00:00"]


def test_a_case_opened_again_is_open(tmp_path: Path) -> None:
    head = "service_request_id,requested_datetime,closed_date,updated_datetime,status\n"
    states = ["1,2015-01-01,2015-02-01,2015-02-01,closed\n", "1,2015-01-01,,2015-03-01,open\n"]
    run("requests", written(tmp_path / "a.csv", head + "".join(states)), to=tmp_path / "out")
    assert [row["closed"] for row in rows(tmp_path / "out/requests.csv")] == [""]


def test_posts_are_one_by_their_id(tmp_path: Path) -> None:
    file = written(
        tmp_path / "a.csv", "id,time,text\n1,2015-01-01,long te\n1,2015-01-01,long text\n,2015-01-01,long te\n"
    )
    run("posts", file, to=tmp_path / "out")
    assert sorted(row["text"] for row in rows(tmp_path / "out/posts.csv")) == ["long te", "long text"]


def test_a_row_without_a_time_is_filtered_not_lost(tmp_path: Path) -> None:
    file = written(tmp_path / "a.csv", "id,time,text\n1,,a\n2,2015-01-02,b\n")
    assert run("posts", file, to=tmp_path / "out", options=("--since", "2015-01-01")) == 0
    assert (account(tmp_path / "out")["kept"], account(tmp_path / "out")["filtered"]) == (1, 1)


def test_channels_are_asked_for_by_any_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    requests = written(tmp_path / "a.csv", HEAD + "1,2015-01-01,,Twitter,t\n2,2015-01-01,,Fax,t\n")
    followers = written(
        tmp_path / "f.csv", "date,agency,platform,followers\n2015-01-01,a,Twitter,5\n2015-01-01,a,SMS,5\n"
    )
    for kind, file in (("requests", requests), ("followers", followers)):
        run(kind, file, to=tmp_path / kind, options=("--channel", "Twitter"))
        assert account(tmp_path / kind)["kept"] == 1
    posts = written(tmp_path / "p.csv", "id,text\n1,a\n")
    assert run("posts", posts, to=tmp_path / "p", options=("--channel", "x")) == 2
    assert "leave --channel out" in capsys.readouterr().err


MOMENTS = {
    "2015-03-01T10:00:00.123456Z": "2015-03-01T10:00:00Z", "2015-03-01 10:00:00+00": "2015-03-01T10:00:00Z",
    "2015-03-01T10:00:00.000-0530": "2015-03-01T15:30:00Z", "2015-03-01T10:00Z": "2015-03-01T10:00:00Z",
    "3/1/2015 1:05": "2015-03-01T01:05:00", "2015-03-01": "2015-03-01T00:00:00",
    "2015-03-01T10:00:00+9999": "", "1/3/15 10:00": "", "290000-01-01 00:00:00": "", "2015-02-30": "",
    "0001-01-01T00:00:00+1400": "", "9999-12-31T23:59:59-1400": "",
}  # fmt: skip


def test_moments(tmp_path: Path) -> None:
    lines = [f'{number},"{moment}"\n' for number, moment in enumerate(MOMENTS)]
    run("requests", written(tmp_path / "a.csv", "id,opened\n" + "".join(lines)), to=tmp_path / "out")
    found = {row["id"]: row["opened"] for row in rows(tmp_path / "out/requests.csv")}
    assert found == {str(n): iso for n, iso in enumerate(MOMENTS.values()) if iso}


def test_channels_hold_every_case_even_if_none_was_closed(tmp_path: Path) -> None:
    run("requests", written(tmp_path / "a.csv", HEAD + "1,2015-01-01,,x,t\n2,2016-01-01,,x,t\n"), to=tmp_path / "a")
    assert rows(tmp_path / "a/channels.csv")[0]["cases"] == "2"
    late = HEAD + "1,2015-01-01,2015-01-03,x,t\n2,2016-01-01,,x,t\n"
    run("requests", written(tmp_path / "b.csv", late), to=tmp_path / "b")
    assert rows(tmp_path / "b/channels.csv")[0] | {"low": "", "high": ""} == {
        "channel": "x", "cases": "2", "closed": "1", "median_hours_to_close": "48.0", "low": "", "high": "",
    }  # fmt: skip


# --- posts -----------------------------------------------------------------------------------------------------------


def outbox(folder: Path, *items: dict[str, Any]) -> Path:
    return written(folder / "outbox.json", json.dumps({"orderedItems": items}))


def status(number: int, **values: Any) -> dict[str, Any]:
    about = {"id": f"https://m.example/{number}", "published": "2023-01-02T03:04:05Z", "content": "<p>text</p>"}
    return {"type": "Create", "actor": "https://m.example/users/a", "to": [PUBLIC], "object": about | values}


def test_messages_to_few_are_not_taken(tmp_path: Path) -> None:
    secret = status(1, content="<p>secret</p>", to=["https://m.example/users/alice"]) | {"to": ["…/alice"], "cc": []}
    assert run("posts", outbox(tmp_path, secret, status(2)), to=tmp_path / "out") == 1
    assert account(tmp_path / "out")["rejected"] == {"not_public": 1}
    assert not any(
        "secret" in p.read_text("utf-8") or "alice" in p.read_text("utf-8") for p in (tmp_path / "out").iterdir()
    )


def test_nobody_who_was_answered_is_named(tmp_path: Path) -> None:
    answers = [
        status(1, inReplyTo="https://o.example/users/alice/statuses/7"), status(2, inReplyTo="https://o.example/@alice"),
        status(3, inReplyTo="https://m.example/users/a/statuses/1"),
    ]  # fmt: skip
    run("posts", outbox(tmp_path, *answers), to=tmp_path / "out")
    found = [row["reply_to"] for row in rows(tmp_path / "out/posts.csv")]
    assert found == ["7", "account", "https://m.example/users/a/statuses/1"]


def test_texts_are_unescaped_once(tmp_path: Path) -> None:
    tweet = {"id_str": "1", "created_at": "Wed Nov 11 16:49:21 +0000 2015", "full_text": "a &amp;lt; b"}
    run("posts", written(tmp_path / "tweets.js", "window.YTD.tweets.part0 = " + json.dumps([tweet])), to=tmp_path / "x")
    run("posts", outbox(tmp_path, status(1, content="<p>a &amp;lt; b</p>")), to=tmp_path / "m")
    run("posts", written(tmp_path / "n.csv", "tweet_id,text\n1,a &amp;lt; b\n"), to=tmp_path / "n")
    assert {rows(tmp_path / name / "posts.csv")[0]["text"] for name in "xmn"} == {"a &lt; b"}


def test_facebook_is_not_taken_for_instagram(tmp_path: Path) -> None:
    media = {"media": {"uri": "a/b.jpg", "creation_timestamp": 1447260561}}
    records = [
        {"timestamp": 1447260561, "attachments": [{"data": [media]}], "data": [{"post": "hello"}]},
        {"timestamp": 1447260561, "attachments": [{"data": [media]}]},
    ]
    assert run("posts", written(tmp_path / "profile_posts_1.json", json.dumps(records)), to=tmp_path / "out") == 0
    found = rows(tmp_path / "out/posts.csv")
    assert sorted((row["text"], row["media"]) for row in found) == [("", "1"), ("hello", "1")], "a picture is a post"


def test_markup_that_would_take_forever_is_refused(tmp_path: Path) -> None:
    begun = time.monotonic()
    run("posts", outbox(tmp_path, status(1, content="<a " * 40_000), status(2)), to=tmp_path / "out")
    assert account(tmp_path / "out")["rejected"] == {"tangled": 1} and time.monotonic() - begun < 10


def _archive(path: Path, damage: bool) -> Path:
    tweets = [{"id_str": str(n), "full_text": f"text {n * 7919}"} for n in range(3000)]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data/tweets.js", "window.YTD.tweets.part0 = " + json.dumps(tweets))
    content = bytearray(path.read_bytes())
    if damage:
        content[400:420] = bytes(20)
    else:  # both flags say that it is encrypted
        at = content.index(b"PK\1\2")
        content[6] |= 1
        content[at + 8] |= 1
    return written(path, bytes(content))


@pytest.mark.parametrize("damage", [True, False])
def test_archives_that_cannot_be_read_are_told(
    tmp_path: Path, damage: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("posts", _archive(tmp_path / "a.zip", damage), to=tmp_path / "out") == 2
    assert "تالف" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"\x1f\x8b\x08\0\0\0", b"id,opened\n"])
def test_what_is_not_compressed_as_its_name_says_is_told(tmp_path: Path, content: bytes) -> None:
    assert run("requests", written(tmp_path / "a.csv.gz", content), to=tmp_path / "out") == 2


# --- memory and killing ----------------------------------------------------------------------------------------------


def endless(path: Path, head: bytes, part: bytes, mib: int, tail: bytes = b"") -> Path:
    with path.open("wb") as file:
        file.write(head)
        file.writelines([part * (MIB // len(part))] * mib)
        file.write(tail)
    return path


# Limited, so that a failure here is none of the whole machine; tells its own highest mark, because what the parent
# sees counts the parent too.
LIMITED = """
import resource, sys
from pathlib import Path
from scoring.cli import main
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
code = main(sys.argv[1:])
print(Path("/proc/self/status").read_text())
sys.exit(code)
"""
linux = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the highest mark of memory is told by Linux")


@linux
@pytest.mark.parametrize(
    ("name", "head", "part", "tail"),
    [
        ("line.csv", b"id,opened\n", b"a,", b""),
        ("cell.csv", b"id,opened,t\n1,2015-01-01,", b"x", b"\n"),
        ("rows.csv", b"id,opened,t\n", b"1,2015-01-01," + b"x" * (MIB - 20) + b"\n", b""),
        ("quotes.csv", b"id,opened\n", b'"\n' + b"x" * 200 + b'",', b""),
        ("columns.csv", b"id,opened", b",a", b"\n1,2015-01-01\n"),
        ("posts_1.json", b'[{"creation_timestamp":1,"a":', b"[", b""),
        ("posts_2.json", b'[{"creation_timestamp":1,"title":"', b"a", b'"}]'),
        ("posts_3.json", b'[{"creation_timestamp":1,"media":[1', b",1", b"]}]"),
        ("posts_4.json", b'[{"creation_timestamp":1,"media":[1', b",{}", b"]}]"),
    ],
)
def test_no_file_takes_more_memory_than_it_may(
    tmp_path: Path, name: str, head: bytes, part: bytes, tail: bytes
) -> None:
    """A process of its own each, so that the highest mark is this file's."""
    file = endless(tmp_path / name, head, part, 150, tail)
    kind = "posts" if name.startswith("posts") else "requests"
    command = [sys.executable, "-c", LIMITED, "import", kind, str(file), "--to", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1, 2) and "Traceback" not in done.stderr, done.stderr[-500:]
    assert int(done.stdout.split("VmHWM:")[1].split()[0]) < 400 * 1024


def test_a_killed_run_leaves_what_stood_and_is_cleared_away(tmp_path: Path) -> None:
    small = written(tmp_path / "small.csv", HEAD + "1,2015-01-01,,x,t\n")
    run("requests", small, to=tmp_path / "out")
    before = {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()}
    large = written(tmp_path / "large.csv", HEAD + "".join(f"{n},2015-01-01,,x,t\n" for n in range(600_000)))
    command = [sys.executable, "-m", "scoring", "import", "requests", str(large), "--to", str(tmp_path / "out")]
    job = subprocess.Popen(command)
    scratch = tmp_path / ".importing-out"
    while not (scratch / "work/rows.duckdb").exists() and job.poll() is None:
        time.sleep(0.01)
    job.send_signal(signal.SIGKILL)
    assert job.wait() == -signal.SIGKILL and scratch.exists()
    assert {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()} == before
    run("requests", small, to=tmp_path / "out")
    assert {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()} == before and not scratch.exists()


def test_two_imports_into_one_folder_do_not_mix(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / ".importing-out").mkdir()
    with (tmp_path / ".importing-out/lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert run("requests", written(tmp_path / "a.csv", HEAD), to=tmp_path / "out") == 2
    assert "another import" in capsys.readouterr().err
