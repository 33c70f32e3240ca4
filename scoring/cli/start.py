"""The commands that begin a benchmark of one's own: `hiwar init`, the texts to translate for another language, and
`hiwar doctor`, which tells what is wrong with an installation."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from scoring.cli.arguments import HOME, Commands, day, today
from scoring.cli.usage import unfit
from scoring.render.language import LANGUAGES

NAMES = {"en": "How agencies use social media", "ar": "مؤشر التواصل الحكومي"}
DESCRIPTIONS = {
    "en": "A public benchmark of how well government agencies use social media.",
    "ar": "مؤشر عام يقيس حسن استخدام الجهات الحكومية لوسائل التواصل الاجتماعي.",
}


def init(args: argparse.Namespace) -> int:
    """Begin a benchmark in a folder: settings, method, peer groups, one made-up agency, workflows. It can be built at
    once."""
    from scoring.start.make import GENERATOR, InitError, Wanted, files

    folder: Path = args.dir
    if folder.exists() and (not folder.is_dir() or any(path.name != ".git" for path in folder.iterdir())):
        print(f"{folder}: must be a new or an empty folder · يجب أن يكون المجلد جديدًا أو فارغًا", file=sys.stderr)
        return 2
    wanted = Wanted(
        name=_told(args.name, NAMES, args.languages),
        description=_told(args.description, DESCRIPTIONS, args.languages),
        languages=args.languages,
        country=args.country.upper(),
        groups=args.groups,
        address=args.address.rstrip("/") + "/",
        repository=args.repository.rstrip("/"),
        requirement=args.requirement or f"hiwar @ git+{GENERATOR}@v{version('hiwar')}",
        day=args.as_of or today(),
    )
    try:
        made = files(wanted, HOME.generator)
    except InitError as error:
        print(error, file=sys.stderr)
        return 2
    _write(folder, made)
    print(f"{folder}: {len(made)} files")
    print(f"  cd {folder} && hiwar serve", "· افتح الموقع على http://127.0.0.1:8000" if "ar" in args.languages else "")
    return 0


def texts(args: argparse.Namespace) -> int:
    """Print every text of the site in a language that comes complete, to be translated into another."""
    from importlib.resources import files

    print(files("scoring.render").joinpath("text", f"{args.language}.yml").read_text(encoding="utf-8"), end="")
    return 0


def doctor(args: argparse.Namespace) -> int:
    """Tell what is wrong with this installation: packages, what the generator ships, data, and where the site is made.
    Changes nothing. Exit codes: 0 a site can be built, 1 it cannot."""
    from platform import platform, python_version

    from scoring.doctor import examined
    from scoring.problems import format_problems

    print(f"hiwar {version('hiwar')}, Python {python_version()}, {platform()}: {HOME.root}")
    problems = list(examined(HOME, args.to, today()))
    print(format_problems(problems), end="")
    errors = sum(problem.severity == "error" for problem in problems)
    if not errors:
        print("a site can be built here · يمكن بناء الموقع هنا")
    return int(errors > 0)


def _told(given: list[tuple[str, str]], ours: Mapping[str, str], languages: list[str]) -> dict[str, str]:
    """A text in every language: as given, as it comes, or in English."""
    said = dict(given)
    return {code: said.get(code) or ours.get(code) or said.get("en") or ours["en"] for code in languages}


def _write(folder: Path, made: Mapping[str, str]) -> None:
    """All files or none: they are written beside and take their place at the end."""
    from shutil import move
    from tempfile import TemporaryDirectory

    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as name:
        for path, text in sorted(made.items()):
            target = Path(name) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        folder.mkdir(exist_ok=True)
        for one in sorted(Path(name).iterdir()):
            move(one, folder)


def _pair(text: str) -> tuple[str, str]:
    code, separator, told = text.partition("=")
    if not separator or not told.strip():
        raise unfit(
            f"must be LANGUAGE=TEXT, such as en=Our index; found {text!r}",
            f"يجب أن يكون على صورة LANGUAGE=TEXT، مثل ar=مؤشرنا، والموجود {text!r}",
        )
    return code, told.strip()


def _codes(text: str) -> list[str]:
    codes = [code.strip() for code in text.split(",") if code.strip()]
    if not codes:
        raise unfit(
            f"must be codes such as ar,en; found {text!r}", f"يجب أن تكون رموز لغات مثل ar,en، والموجود {text!r}"
        )
    return codes


def register(commands: Commands) -> None:
    """Add these commands to the parser."""
    begin = commands.add(init, data=False)
    begin.add_argument("dir", type=Path, metavar="DIR", help="a new or empty folder")
    begin.add_argument("--name", type=_pair, action="append", default=[], metavar="LANGUAGE=TEXT")
    begin.add_argument("--description", type=_pair, action="append", default=[], metavar="LANGUAGE=TEXT")
    begin.add_argument(
        "--languages", type=_codes, default=list(LANGUAGES), metavar="CODES", help="default: ar,en, which come complete"
    )
    begin.add_argument("--country", required=True, metavar="CODE", help="two letters of ISO 3166-1, such as QA")
    begin.add_argument(
        "--groups",
        type=_codes,
        default=["national"],
        metavar="LEVELS",
        help="levels to compare within (default: national)",
    )
    begin.add_argument("--address", default="https://example.org/", metavar="URL", help="where it will be published")
    begin.add_argument(
        "--repository", default="https://example.org/repository", metavar="URL", help="where its files are"
    )
    begin.add_argument("--requirement", metavar="TEXT", help="what installs the generator, as pip takes it")
    begin.add_argument("--as-of", type=day, metavar="DATE", help="the day of the made-up evidence (default: today)")
    examine = commands.add(doctor, data=False)
    examine.add_argument(
        "--to", type=Path, default=HOME.root / "site", metavar="DIR", help="where the site goes (default: site/)"
    )
    print_texts = commands.add(texts, data=False)
    print_texts.add_argument("language", choices=LANGUAGES)
