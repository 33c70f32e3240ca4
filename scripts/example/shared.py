"""The files above the agencies: what the example is, its method, its words, its groups, and what to read first."""

from __future__ import annotations

import re
from pathlib import Path

from example.cast import CLOSES
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
README = """# Republic of Sample (fictional) · جمهورية المثال (متخيَّلة)

**Nothing here is real.** This folder is a complete data set about a country that does not exist: 40 agencies, three yearly
waves of evidence, test enquiries, replies and stages. It shows what a full assessment looks like before real evidence is
as full. Every address ends in `.example`, a domain reserved for examples, and every file says in its first line that it is fictional.

```sh
.venv/bin/hiwar check --data examples/republic-of-sample
.venv/bin/hiwar score --data examples/republic-of-sample --as-of 2025-11-20
.venv/bin/hiwar build --data examples/republic-of-sample
```

A program writes all of it from one seed: change `scripts/make_example.py` and what is beside it in `scripts/example/`, not
these files, and run `.venv/bin/python scripts/make_example.py`. The method, the codebook and the vocabulary are copies of those in
`data/`: run it again when one of them changes (`--check` says whether it is time).

What can be seen here: agencies that rise, fall and stand still; agencies that are not ranked, and why (too few enquiries, one
coder, coders who disagree, old evidence, too little of it, none); disputes that are open, kept, corrected and withdrawn.

**لا شيء هنا حقيقي.** هذا المجلد مجموعة بيانات كاملة عن بلد لا وجود له: فيه جهات عددها 40، وأدلة جُمعت في ثلاث سنوات، واستفسارات تجريبية، وردود،
ومراحل. وغايته أن يُرى التقييم الكامل كيف يكون قبل أن تكتمل الأدلة الحقيقية. وكل عنوان فيه ينتهي بـ`.example`، وهو نطاق محجوز للأمثلة، وكل
ملف يذكر في سطره الأول أنه متخيَّل.

ويكتبه كله برنامج من بذرة عشوائية واحدة: فغيّر `scripts/make_example.py` وما معه في `scripts/example/` لا هذه الملفات، ثم شغّله من جديد. والمنهج ودليل
الترميز والمفردات نسخ مما في `data/`، فشغّله أيضاً كلما تغيّر شيء منها.
"""


def shared_files(data: Path) -> dict[str, str]:
    """Text by name; method and codebook are those of `data`, byte for byte after the label."""
    found = {
        "README.md": README,
        "about.yml": LABEL + block(_about()),
        "methodology.yml": LABEL + _read(data / "methodology.yml"),
        "vocabulary.yml": LABEL + _vocabulary(_read(data / "vocabulary.yml")),
        "peer_groups.yml": LABEL + "\n".join(block([group]) for group in _groups()),
    }
    codebook = data / "codebook.yml"
    return found | ({"codebook.yml": LABEL + _read(codebook)} if codebook.exists() else {})


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


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
