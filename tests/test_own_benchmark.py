"""`hiwar init`: a benchmark of one's own is built at once, in its own languages, and lives on when its generator is
upgraded."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml

from scoring.start.make import InitError, Wanted, files, territory

ROOT = Path(__file__).resolve().parent.parent
NAMES = (
    "--name",
    "en=Our <index> & *more*: [a](b)",
    "--name",
    "ar=مؤشرنا «الأول»",
    "--name",
    "fr=Notre indice: l'essai",
)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as pip installs it from a wheel, away from the checkout."""
    made, target = tmp_path_factory.mktemp("wheel"), tmp_path_factory.mktemp("installed")
    source = made / "source"
    listed = subprocess.run(
        ["git", "ls-files", "-coz", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if name.partition("/")[0] not in ("tests", "examples", "benchmarks", "decisions") and (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, source / name)
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(made), "."]
    subprocess.run(build, cwd=source, check=True, capture_output=True)
    with zipfile.ZipFile(next(made.glob("*.whl"))) as wheel:
        wheel.extractall(target)
    return target


def hiwar(installed: Path, folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(installed)} | settings
    command = [sys.executable, "-m", "scoring", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def begun(installed: Path, folder: Path, *arguments: str) -> Path:
    done = hiwar(installed, folder, "init", "own", "--country", "OM", "--as-of", "2026-11-01", *NAMES, *arguments)
    assert done.returncode == 0, done.stderr
    return folder / "own"


def built(installed: Path, own: Path) -> Path:
    done = hiwar(installed, own, "build")
    assert done.returncode == 0, done.stderr
    return own / "site"


def lost(site: Path) -> set[str]:
    """Addresses within the site that lead nowhere."""
    found = set()
    for page in site.rglob("*.html"):
        for address in re.findall(r'(?:href|src)="([^"]*)"', page.read_text("utf-8")):
            parts = urlsplit(address)
            within = parts.path and not (parts.scheme or parts.netloc or parts.path.startswith("/"))
            if within and not (page.parent / unquote(parts.path)).exists():
                found.add(f"{page.relative_to(site)}: {address}")
    return found - {one for one in found if "share.html" in one}  # its links are filled in where it is opened


def test_it_is_built_at_once_under_its_own_name(installed: Path, tmp_path: Path) -> None:
    own = begun(installed, tmp_path, "--groups", "national,health", "--repository", "https://git.example.org/ours")
    checked = hiwar(installed, own, "check")
    assert (checked.returncode, checked.stdout) == (0, "")
    site = built(installed, own)
    assert not lost(site)
    for code, name in (("en", "Our &lt;index&gt; &amp; *more*: [a](b)"), ("ar", "مؤشرنا «الأول»")):
        page = (site / code / "index.html").read_text("utf-8")
        assert name in page and "hiwar-benchmark" not in page and ("متخيَّل" if code == "ar" else "Fictional") in page
    told = [p for p in site.rglob("*.html") if "hiwar-benchmark" in p.read_text("utf-8")]
    assert {p.parent.name for p in told} == {"about"}, "only the page that names the generator"
    assert "https://git.example.org/ours" in (site / "en" / "contribute" / "index.html").read_text("utf-8")


def test_it_may_speak_one_language(installed: Path, tmp_path: Path) -> None:
    site = built(installed, begun(installed, tmp_path, "--languages", "ar"))
    assert not (site / "en").exists() and not (site / "embed" / "en").exists() and not lost(site)
    assert 'hreflang="en"' not in (site / "ar" / "index.html").read_text("utf-8")


def test_a_third_language_is_one_folder_of_texts(installed: Path, tmp_path: Path) -> None:
    own = begun(installed, tmp_path, "--languages", "fr,ar,en")
    folder = own / "languages" / "fr"
    said = hiwar(installed, own, "check").stderr
    assert "W410-missing-texts" in said and re.search(r"\d+ of \d+ are missing", said)
    words = yaml.safe_load(hiwar(installed, own, "texts", "en").stdout)
    words |= {"own_name": "Français", "see_rankings": "Tous les classements"}
    (folder / "words.yml").write_text(yaml.safe_dump(words, allow_unicode=True), "utf-8")
    frame = yaml.safe_load((folder / "frame.yml").read_text("utf-8"))
    frame["titles"]["Rankings"], frame["words"]["search"] = "Classements", "Chercher"
    (folder / "frame.yml").write_text(yaml.safe_dump(frame, allow_unicode=True), "utf-8")
    (folder / "pages").mkdir()
    (folder / "pages" / "about.md").write_text("# Notre histoire\n\nBonjour.\n", "utf-8")
    assert "W410" not in hiwar(installed, own, "check").stderr
    site = built(installed, own)
    page = (site / "fr" / "index.html").read_text("utf-8")
    assert all(word in page for word in ("Tous les classements", "Classements", "Chercher", "Notre indice"))
    assert '<html lang="fr"' in page and "Bonjour." in (site / "fr" / "about" / "index.html").read_text("utf-8")
    assert not lost(site)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nonsense: x", "E411-unknown-text"),
        ("range: '{low} – {high.__class__}'", "E413-placeholders"),
        ("range: '{low'", "E413-placeholders"),
        ("search_field: <b>x</b>", "E414-markup"),
        ("search_field: 7", "E412-no-text"),
        ("search_count: {one: '{n} x'}", "E415-plurals"),
    ],
)
def test_texts_that_would_break_a_page_are_named_with_their_place(
    installed: Path, tmp_path: Path, text: str, code: str
) -> None:
    own = begun(installed, tmp_path, "--languages", "fr,en")
    (own / "languages" / "fr" / "words.yml").write_text(f"own_name: Français\n{text}\n", "utf-8")
    done = hiwar(installed, own, "check")
    assert done.returncode == 1 and "languages/fr/words.yml:2:" in done.stderr and code in done.stderr


def test_where_and_when_it_is_built_changes_no_byte(installed: Path, tmp_path: Path) -> None:
    """Another path, locale, time zone, and order of hashes."""
    places = {
        "a": {"LC_ALL": "C", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"},
        "b è مسار/deeper": {"LC_ALL": "ar_QA.UTF-8", "TZ": "America/Anchorage", "PYTHONHASHSEED": "77"},
    }
    own, made = begun(installed, tmp_path), []
    for place, settings in places.items():
        folder = shutil.copytree(own, tmp_path / place)
        done = hiwar(installed, folder, "build", **settings)
        assert done.returncode == 0, done.stderr
        site = folder / "site"
        made.append({path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()})
    one, other = made
    assert one.keys() == other.keys() and not [path for path in one if one[path] != other[path]]


def test_an_upgrade_of_the_package_keeps_it_working(installed: Path, tmp_path: Path) -> None:
    own = begun(installed, tmp_path)
    before = {p: p.read_bytes() for p in own.rglob("*") if p.is_file()}
    built(installed, own)
    newer = shutil.copytree(installed, tmp_path / "newer")
    for code, title in (("en", "New page"), ("ar", "صفحة جديدة")):
        (newer / "scoring" / "generator" / "docs" / code / "news.md").write_text(f"# {title}\n\nHiwar\n", "utf-8")
        settings = newer / "scoring" / "generator" / ("mkdocs.yml" if code == "en" else "mkdocs.ar.yml")
        settings.write_text(settings.read_text("utf-8") + f"  - {title}: news.md\n", "utf-8")
    site = built(newer, own)
    assert "Our &lt;index&gt; &amp; *more*: [a](b)" in (site / "en" / "news" / "index.html").read_text("utf-8")
    assert not lost(site) and all(path.read_bytes() == was for path, was in before.items())


def test_what_stands_is_never_written_over(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "note.txt").write_text("mine", "utf-8")
    done = hiwar(installed, tmp_path, "init", "own", "--country", "OM")
    assert done.returncode == 2 and [p.name for p in (tmp_path / "own").iterdir()] == ["note.txt"]


def test_settings_that_are_wrong_are_told_with_their_place(installed: Path, tmp_path: Path) -> None:
    own = begun(installed, tmp_path)
    settings = own / "benchmark.yml"
    settings.write_text(settings.read_text("utf-8").replace('https://example.org/"', 'http://example.org/"'), "utf-8")
    done = hiwar(installed, own, "build")
    assert done.returncode == 1 and re.search(r"benchmark\.yml:\d+:\d+: E205-bad-form", done.stderr)


def test_a_country_or_level_that_is_unknown_is_refused() -> None:
    wanted = Wanted({"en": "x"}, {"en": "x"}, ["en"], "OM", ["nowhere"], "", "", "", day=None)  # type: ignore[arg-type]
    with pytest.raises(InitError, match="nowhere"):
        files(wanted, ROOT)
    for country in ("QQ", "om", "../x", ""):
        with pytest.raises(InitError):
            territory(country)
    assert territory("OM") == {"ar": "عُمان", "en": "Oman"}
