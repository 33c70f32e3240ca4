"""The files above the agencies: what the example is, its method, its words, its groups, and what to read first."""

from __future__ import annotations

import re
from pathlib import Path

from example.cast import CLOSES, HERE
from example.emit import LABEL, block

NAME = {"en": "Republic of Sample (fictional)", "ar": "جمهورية المثال (متخيَّلة)"}
GROUPS = {
    "health": ("health bodies", "الجهات الصحية"),
    "local": ("municipalities", "البلديات"),
    "national": ("national bodies", "الجهات الوطنية"),
    "parliament": ("parliament", "البرلمان"),
    "police": ("police", "الشرطة"),
    "state": ("provinces", "المقاطعات"),
}
FIRST = min(CLOSES.values())
EARLIER = {
    r"(?m)^version: .*$": 'version: "0.0"',
    r"(?m)^aggregation: geometric$": "aggregation: arithmetic",
    r"(?ms)^(  - id: response\n.*?^    weight: )0\.2$": r"\g<1>0.1",
    r"(?ms)^(  - id: commitments\n.*?^    weight: )0\.1$": r"\g<1>0.2",
}
NOTE = {
    "en": (
        "Everything here is made up by a program from random numbers, so that the site and its tools can be seen at"
        " work. No such country, agency, person or page exists, and nothing here says anything about a real one."
    ),
    "ar": (
        "كل ما هنا متخيَّل، ولّده برنامج من أعداد عشوائية ليُرى الموقع وأدواته وهي تعمل. فلا وجود لهذا البلد ولا"
        " لجهاته ولا لأشخاصه ولا لصفحاته، ولا يقول شيء هنا شيئاً عن بلد حقيقي."
    ),
}


def shared_files(data: Path) -> dict[str, str]:
    """Text by name; method and codebook are those of `data`, byte for byte after the label."""
    found = {
        "README.md": _read(HERE / "readme.md"),
        "about.yml": LABEL + block(_about()),
        "methodology.yml": LABEL + _read(data / "methodology.yml"),
        f"methods/{FIRST:%Y-%m}.yml": LABEL + _earlier(_read(data / "methodology.yml")),
        "vocabulary.yml": LABEL + _vocabulary(_read(data / "vocabulary.yml")),
        "peer_groups.yml": LABEL + "\n".join(block([group]) for group in _groups()),
    }
    codebook = data / "codebook.yml"
    return found | ({"codebook.yml": LABEL + _read(codebook)} if codebook.exists() else {})


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def _earlier(method: str) -> str:
    """The method as the first edition is made to have used it: an arithmetic mean, more weight on promises, less on
    answers; so that there is a change of method to be seen."""
    for old, new in EARLIER.items():
        if len(re.findall(old, method)) != 1:
            raise ValueError(f"the method holds {old!r} not just once, so the earlier one cannot be made of it")
        method = re.sub(old, new, method)
    return method


def _about() -> dict[str, object]:
    editions = [{"id": f"{day:%Y-%m}", "as_of": day} for day in CLOSES.values()]
    return {"name": NAME, "fictional": True, "note": NOTE, "editions": editions}


def _vocabulary(text: str) -> str:
    """The same lists, with one country."""
    country = block({"countries": [{"id": "XS", "name": NAME}]})
    return re.sub(r"(?ms)^countries:\n.*?(?=^\S)", lambda _: country + "\n", text, count=1)


def _groups() -> list[dict[str, object]]:
    names = {
        level: {"en": f"{NAME['en']}: {english}", "ar": f"{NAME['ar']}: {arabic}"}
        for level, (english, arabic) in GROUPS.items()
    }
    return [{"id": f"xs-{level}", "name": name, "country": "XS", "level": level} for level, name in names.items()]
