"""Writes a synthetic country of N agencies: names, pages and findings in both languages, made from random numbers by
the same rules as the example "Republic of Sample", and as plainly fictional.

    .venv/bin/python benchmarks/country/make.py --agencies 1000 build/bench/country-1000

What it must be like to measure anything: about 30 evidence items an agency (20 to 50), every code in use, sentences as
long as real ones, absences, disputes of dates, test enquiries. A union of countries, since ten thousand agencies in one
peer group are nobody's peers.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from example.agency import _checked as checked  # noqa: E402
from example.agency import evidence  # noqa: E402
from example.cast import Body, Visit  # noqa: E402
from example.emit import LABEL, block, listed, mapped  # noqa: E402
from example.enquiries import enquiries  # noqa: E402
from example.profiles import profile  # noqa: E402
from example.shared import NOTE  # noqa: E402

from scoring.model import Enquiry, Evidence, Profile  # noqa: E402

EXAMPLE = ROOT / "examples" / "republic-of-sample"
A_COUNTRY = 850  # agencies of one country, so that peer groups have the sizes that peer groups have
CODES = [f"X{letter}" for letter in "ABCDEFGHIJKL"]  # ISO 3166-1 leaves these to their users
_N, _S, _L = "national", "state", "local"
SHARES = (_N, _L, _L, _N, _L, _S, _L, _N, _L, _L)  # the levels of ten agencies
LEAST, MOST, AIM = 20, 50, 30  # evidence items of an agency


def write_country(target: Path, count: int) -> None:
    """A data folder with `count` agencies; what stands there is replaced."""
    new = target.with_name(f"{target.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    for name, text in _shared(count).items():
        (new / name).write_text(text, encoding="utf-8")
    with Pool(2) as pool:
        for _ in pool.imap_unordered(_write, ((new, number) for number in range(count)), chunksize=50):
            pass
    shutil.rmtree(target, ignore_errors=True)
    new.rename(target)


def _write(asked: tuple[Path, int]) -> None:
    target, number = asked
    code, body = _body(number)
    folder = target / "agencies" / code.lower() / body.id
    folder.mkdir(parents=True)
    for name, text in _files(code, body).items():
        (folder / name).write_text(text, encoding="utf-8")


def _files(code: str, body: Body) -> dict[str, str]:
    visit = Visit(body, 2026)
    [about] = checked(Profile, [profile(body) | {"country": code}])
    found = {"profile.yml": mapped("profile", about), "evidence.yml": listed("evidence", _items(body))}
    if visit.chance("asked").happens(0.5):
        found["enquiries.yml"] = listed("enquiries", checked(Enquiry, list(enquiries(visit))), close=True)
    return found


def _items(body: Body) -> list[dict[str, Any]]:
    """This year's findings and, up to the number aimed at, those of the year before."""
    now = list(evidence(Visit(body, 2026)))
    before = list(evidence(Visit(body, 2025)))
    aim = min(MOST, max(LEAST, AIM + Visit(body, 2026).chance("many").whole(-8, 8)))
    return checked(Evidence, [*before[: max(0, aim - len(now))], *now][:MOST])


def _body(number: int) -> tuple[str, Body]:
    """The country and the agency of a number: three of ten are national, one is a province, the others local."""
    country, at = divmod(number, A_COUNTRY)
    code, place = CODES[country], names()["countries"][country]
    level = _level(at)
    nth = sum(1 for n in range(at % 10) if _level(n) == level) + at // 10 * SHARES.count(level)
    id, sector, en, ar = _local(nth, level) if level != "national" else _national(nth)
    return code, Body(
        f"{code.lower()}-{id}", level, sector, f"{ar} في {place['ar']}", f"{en}, {place['en']}", trend="drift"
    )


def _level(at: int) -> str:
    return SHARES[at % 10]


def _national(nth: int) -> tuple[str, str, str, str]:
    body, subject = _pairs("bodies", "subjects")[nth % 160]
    again = f"-{nth // 160 + 1}" if nth >= 160 else ""
    told = [body[lang].format(subject=subject[lang]) + again.replace("-", " ") for lang in ("en", "ar")]
    return f"{subject['id']}-{body['id']}{again}", subject["id"], told[0], told[1]


def _local(nth: int, level: str) -> tuple[str, str, str, str]:
    setting, thing, side = _pairs("settings", "things", "sides")[(nth * 7) % 960]
    en = f"{side['en']} {thing['en']} {setting['en']}"
    ar = f"{setting['ar']} {thing['ar']} {side['ar']}"
    id = f"{side['id']}-{thing['id']}-{setting['id']}"
    if level == "local":
        return f"municipality-{id}", "municipality", f"Municipality of {en}", f"بلدية {ar}"
    return f"province-{id}", "regional-government", f"Government of {en}", f"حكومة مقاطعة {ar}"


@cache
def _pairs(*lists: str) -> list[tuple[Any, ...]]:
    return list(product(*(names()[name] for name in lists)))


@cache
def names() -> Any:
    return yaml.safe_load((HERE / "names.yml").read_text(encoding="utf-8"))


def _shared(count: int) -> dict[str, str]:
    """The example's own method, words and codebook, with these countries and their peer groups."""
    files = {name: (EXAMPLE / name).read_text(encoding="utf-8") for name in ("methodology.yml", "codebook.yml")}
    here = dict(zip(CODES, names()["countries"], strict=True))
    here = {code: here[code] for code in CODES[: -(-count // A_COUNTRY)]}
    listed_countries = block({"countries": [{"id": code, "name": _fictional(name)} for code, name in here.items()]})
    words = (EXAMPLE / "vocabulary.yml").read_text(encoding="utf-8")
    files["vocabulary.yml"] = re.sub(r"(?ms)^countries:\n.*?(?=^\S)", lambda _: listed_countries + "\n", words, count=1)
    files["peer_groups.yml"] = LABEL + "\n".join(block([group]) for group in _groups(here))
    title = {"en": f"A synthetic union of {count} agencies (fictional)", "ar": f"اتحاد متخيَّل من {count} جهة للقياس"}
    files["about.yml"] = LABEL + block({"name": title, "fictional": True, "note": NOTE})
    return files


def _fictional(name: Mapping[str, str]) -> dict[str, str]:
    return {"en": f"{name['en']} (fictional)", "ar": f"{name['ar']} (متخيَّلة)"}


def _groups(countries: Mapping[str, Mapping[str, str]]) -> Iterator[dict[str, Any]]:
    told = {"national": ("national bodies", "الجهات الوطنية"), "state": ("provinces", "المقاطعات")}
    told["local"] = ("municipalities", "البلديات")
    for (code, name), (level, (en, ar)) in product(countries.items(), told.items()):
        both = {"en": f"{name['en']}: {en}", "ar": f"{name['ar']}: {ar}"}
        yield {"id": f"{code.lower()}-{level}", "name": both, "country": code, "level": level}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", type=Path)
    parser.add_argument("--agencies", type=int, default=1000)
    asked = parser.parse_args()
    write_country(asked.target, asked.agencies)


if __name__ == "__main__":
    main()
