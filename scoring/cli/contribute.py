"""The commands for who adds to the data: begin new files and items, mend what is there."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel

from scoring.cli import coding, site
from scoring.cli.arguments import DATA, Commands, today
from scoring.cli.usage import unfit
from scoring.model import Dataset, Profile
from scoring.problems import Place

if TYPE_CHECKING:
    from scoring.contribute.questions import Question

HEADING = "# yaml-language-server: $schema=../../../../schema/{}.json\n"


def fix(args: argparse.Namespace) -> int:
    """Mend what can be mended without knowing what was meant: order of keys, line ends, spaces, letters, dates. Exit
    codes: 0 done, or with --check nothing to do; 1 with --check something to do; 2 no such file."""
    from scoring.contribute.mend import NAMES, mended

    files = list(_files(args.paths or [args.data]))
    missing = [path for path in args.paths if not path.exists()]
    for path in missing:
        print(f"{path}: no such file · لا يوجد هذا الملف", file=sys.stderr)
    changed = 0
    for path, model in files:
        before = path.read_bytes()
        placed = path.resolve().parents[2].name == "agencies" and path.resolve().parents[3].name == "data"
        after, done = mended(before, model, HEADING.format(path.stem.partition("-")[0]) if placed else "")
        if after != before:
            changed += 1
            for index in (0, 1):
                print(f"{path}: " + (", ", "، ")[index].join(NAMES[name][index] for name in done))
            if not args.check:
                _replace(path, after)
    return 2 if missing else int(bool(args.check and changed))


def _files(paths: list[Path]) -> Iterator[tuple[Path, type[BaseModel]]]:
    """The data files of agencies at or below the paths, each with the model of its items; links are left alone."""
    from scoring.source.dataset import LISTS
    from scoring.source.files import kind_of

    models: dict[str | None, type[BaseModel]] = {"profile": Profile}
    models.update(LISTS)
    for path in paths:
        for file in [path] if path.is_file() else sorted(path.rglob("*.yml")):
            kind = kind_of(file.name)
            if kind in models and not file.is_symlink():
                yield file, models[kind]


def _replace(path: Path, data: bytes) -> None:
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(data)
    beside.replace(path)


def new(args: argparse.Namespace) -> int:
    """Begin an agency, or add evidence, an enquiry or a reply to one: asks for what is not said by --set. Nothing is
    sent anywhere. Exit codes: 0 written and right, 1 written with findings, 2 not written."""
    from scoring.contribute.questions import questions
    from scoring.source.dataset import read_dataset

    dataset = read_dataset(args.data).dataset
    if dataset is None:
        print("the data cannot be read: run `hiwar check` · لا يمكن قراءة البيانات: شغّل `hiwar check`", file=sys.stderr)
        return 2
    asked = questions(args.kind, dataset, today())
    try:
        answers = _answers(args, asked)
        path = _added(args, dataset, answers)
    except NotWritten as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{path} ✓")
    return site.check(
        argparse.Namespace(data=args.data, paths=[path], today=None, evidence=False, captures=None, format="text")
    )


class NotWritten(ValueError):
    """Nothing was written, and why, in both languages."""


def _answers(args: argparse.Namespace, asked: Sequence[Question]) -> dict[str, str]:
    """What is known of each question: by flag, else asked for at the terminal, else as it is usual."""
    given = dict(args.set)
    unknown = given.keys() - {question.key for question in asked}
    if unknown:
        known = ", ".join(question.key for question in asked)
        raise NotWritten(f"--set knows: {known} · المفاتيح المعروفة في ‎--set: {known}")
    found = {}
    for question in asked:
        if question.key in given:
            answer, wrong = given[question.key], _wrong(args, question, given[question.key])
            if wrong:
                raise NotWritten(f"{question.key}: {wrong}")
        else:
            answer = _asked_for(args, question) if sys.stdin.isatty() or args.ask else question.default
        if answer:
            found[question.key] = answer
        elif not question.optional:
            raise NotWritten(f"--set {question.key}=… is missing · ينقص ‎--set {question.key}=…")
    return found


def _asked_for(args: argparse.Namespace, question: Question) -> str:
    """An answer that is right, asked for until there is one."""
    words = question.words[args.language == "ar"]
    if question.choices:
        words += f" [{', '.join(question.choices[:12])}{', …' if len(question.choices) > 12 else ''}]"
    if question.default:
        words += f" ({question.default})"
    while True:
        print(f"{words}{' *' if not question.optional else ''}: ", end="", flush=True)
        line = sys.stdin.readline()
        if not line:
            raise NotWritten("nothing was written: the answers end here · لم يُكتب شيء: انتهت الأجوبة هنا")
        answer = line.strip() or question.default
        wrong = _wrong(args, question, answer) if answer else "" if question.optional else "…"
        if not wrong:
            return answer
        print(f"  ✗ {wrong}")


def _wrong(args: argparse.Namespace, question: Question, answer: str) -> str:
    """What is wrong with an answer, as a sentence in the chosen language; empty where it is right."""
    from scoring.contribute.questions import problems
    from scoring.source.shape_messages import NOT_A_CHOICE

    if question.choices and answer not in question.choices:
        near = get_close_matches(answer, question.choices, 5, cutoff=0.3) or question.choices[:20]
        told = NOT_A_CHOICE.at(Place(""), answer, choices=", ".join(near)).must
        return str(getattr(told, args.language))
    return "; ".join(getattr(one.must, args.language) for one in problems(args.kind, question.key, answer))


def _added(args: argparse.Namespace, dataset: Dataset, answers: dict[str, str]) -> Path:
    """The file with what was answered: a new one, or what stood in it and the new item at its end."""
    from scoring.contribute.questions import FILES, identified, nested, slug
    from scoring.sheets import plain_yaml

    agency = args.agency
    if args.kind == "agency":
        agency = agency or slug(answers["country"], answers.get("name.en", ""))
        if agency in dataset.agencies or ("name.en" not in answers and not args.agency):
            raise NotWritten(
                f"{agency}: name an id that is not taken, after the kind · {agency}: اذكر معرّفًا غير مستعمل بعد النوع"
            )
        country = answers["country"].lower()
    elif agency not in dataset.agencies:
        raise NotWritten(f"no agency has the id {agency} · لا جهة معرّفها {agency}")
    else:
        country = dataset.agencies[agency].profile.country.lower()
    name = FILES[args.kind]
    path: Path = args.data / "agencies" / country / agency / f"{name}.yml"
    before = path.read_text(encoding="utf-8") if path.exists() else HEADING.format(name)
    taken = re.findall(r"(?m)^- id: (\S+)", before)
    beside = dataset.agencies[agency].evidence if args.kind == "evidence" else ()  # in files of their own
    known = [*taken, *(one.id for one in beside)]
    item = {"id": identified(args.kind, agency, answers, known)} | nested(answers)
    text = plain_yaml(item if args.kind == "agency" else [item])
    path.parent.mkdir(parents=True, exist_ok=True)
    _replace(path, (before + ("\n" if taken else "") + text).encode())
    return path


def _pair(text: str) -> tuple[str, str]:
    key, separator, value = text.partition("=")
    if not separator:
        raise unfit(
            f"must be KEY=VALUE, such as code=reply_commitment; found {text!r}",
            f"يجب أن يكون على صورة KEY=VALUE، مثل code=reply_commitment، والموجود {text!r}",
        )
    return key.strip(), value.strip()


def _usual() -> str:
    return "ar" if (os.environ.get("LC_ALL") or os.environ.get("LANG", "")).startswith("ar") else "en"


def register(commands: Commands) -> None:
    """Add these commands to the parser."""
    begins = commands.add(new, data=False)
    kinds = begins.add_subparsers(required=True, metavar="KIND", dest="kind")
    for kind in ("agency", "evidence", "enquiries", "reply"):
        one = kinds.add_parser(kind)
        one.add_argument("agency", nargs="?" if kind == "agency" else None, metavar="AGENCY", help="its id")
        one.add_argument("--data", type=Path, default=DATA, metavar="DIR", help="data folder (default: data/)")
        one.add_argument("--set", type=_pair, action="append", default=[], metavar="KEY=VALUE", help="an answer")
        one.add_argument("--language", choices=["en", "ar"], default=_usual(), help="of the questions")
        one.add_argument("--ask", action="store_true", help="ask although this is no terminal")
        one.set_defaults(run=new)
    samples = kinds.add_parser("sample")
    coding.sampling(samples)
    samples.add_argument("--data", type=Path, default=DATA, metavar="DIR", help="data folder (default: data/)")
    samples.set_defaults(run=coding.sample)
    fixes = commands.add(fix)
    fixes.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders (default: all data)")
    fixes.add_argument("--check", action="store_true", help="change nothing, say what would be changed")
