"""The commands of coded samples: draw one, see how far the coders agree, make evidence of what they settled."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import Any

from scoring.cli.arguments import Commands, Run, day, today
from scoring.cli.usage import unfit
from scoring.instruments.coding import Agreement, Sheet, agreement, settle, shares, unsettled
from scoring.model import Codebook, Dataset, Text
from scoring.sheets import SheetError


def _told(run: Callable[[argparse.Namespace], int]) -> Run:
    """The same command, telling what is wrong with a file instead of a traceback."""

    @wraps(run)
    def command(args: argparse.Namespace) -> int:
        try:
            return run(args)
        except (SheetError, OSError) as error:
            print(error, file=sys.stderr)
            return 2

    return command


@_told
def sample(args: argparse.Namespace) -> int:
    """Draw a random sample from an export of an agency's posts, as a coding sheet and an offline coding page."""
    from scoring import sheets
    from scoring.instruments.sampling import draw
    from scoring.render.coding_page import coding_page

    codebook = _codebook(args.data)
    frame = sheets.Frame({})
    drawn = draw(sheets.read_posts(args.posts, frame, replies=not args.without_replies), args.n, args.seed)
    if not drawn.posts:
        raise SheetError(f"{args.posts}: no posts to draw from", f"{args.posts}: لا منشورات تُسحب منها عيّنة")
    if drawn.repeated:
        frame.left_out["repeated"] = drawn.repeated
    folder = args.to or Path(f"{args.posts.stem}-n{args.n}-seed{args.seed}")
    about: dict[str, Any] = {
        "name": folder.name, "file": args.posts.name, "sha256": sheets.digest(args.posts), "n": len(drawn.posts),
        "seed": args.seed, "frame": drawn.frame, "left_out": frame.left_out, "first": drawn.first, "last": drawn.last,
        "codebook": codebook.version,
    }  # fmt: skip
    sheets.write_sample(folder, drawn, about, codebook, coding_page(sheets.keyed(drawn), codebook, about))
    left = ", ".join(f"{number:,} {reason}" for reason, number in frame.left_out.items()) or "none"
    print(f"{len(drawn.posts)} of {drawn.frame:,} posts drawn (left out before: {left})")
    print(f"code them in {folder / 'coding.html'} or {folder / sheets.EMPTY}; save as {folder}/sheet-<your name>.csv")
    return 0


@_told
def agree(args: argparse.Namespace) -> int:
    """How far the coders of a sample agree, and what is left to settle: 0 nothing, 1 something, 2 no such sheets."""
    from scoring import sheets

    codebook = _codebook(args.data)
    coded, decided, open_ = _coded(args.folder, codebook)
    print(f"{'question':24} {'alpha':>7}  agreed")
    for found in agreement(coded, codebook):
        print(f"{found.variable:24} {_alpha(found):>7}  {found.agreed} of {found.of}")
    sheets.write_unsettled(args.folder, coded, decided, open_, codebook)
    if open_:
        print(f"{len(open_)} answers to settle together in {args.folder / sheets.SETTLE}, column `settled`")
    return 1 if open_ else 0


def _alpha(found: Agreement) -> str:
    return "–" if found.alpha is None else f"{found.alpha:.3f}"


def _coded(folder: Path, codebook: Codebook) -> tuple[list[Sheet], dict[str, Any], list[tuple[str, str]]]:
    from scoring import sheets

    coded = sheets.read_sheets(folder, codebook)
    if not coded:
        raise SheetError(f"{folder} holds no sheet-<coder>.csv", f"لا توجد في {folder} ورقة باسم sheet-<المرمّز>.csv")
    decided = sheets.read_decisions(folder, codebook)
    return coded, decided, unsettled(coded, decided, codebook)


@_told
def code(args: argparse.Namespace) -> int:
    """Make evidence of a sample's settled sheets; with --write, add it to the agency's evidence.yml."""
    from scoring import sheets
    from scoring.instruments.coded import Drawn, Origin, coded_items

    codebook, labels = _codebook(args.data), _labels(args.data)
    coded, decided, open_ = _coded(args.folder, codebook)
    if open_:
        print(f"{len(open_)} answers are not settled yet: run `hiwar agree {args.folder}`", file=sys.stderr)
        print(f"بقي {len(open_)} من الأجوبة بلا فصل: شغّل `hiwar agree {args.folder}`", file=sys.stderr)
        return 1
    about = sheets.read_about(args.folder)
    settled = settle(coded, decided, codebook)
    sheet = sheets.write_settled(args.folder, settled, codebook)
    drawn = Drawn(**{name: about[name] for name in Drawn.__dataclass_fields__})
    observed = args.observed or today()
    prefix = args.id or f"{args.agency}-{observed:%Y-%m}.sample"
    coders = tuple(s.coder for s in coded)
    origin = Origin(prefix, args.url, args.channel, args.language, observed, coders, sheet, args.archived)
    agreed = {found.variable: found for found in agreement(coded, codebook)}
    text = sheets.as_yaml(coded_items(list(shares(settled, codebook)), labels, agreed, drawn, origin))
    if args.write:
        path = sheets.append_evidence(args.data, args.agency, prefix, text)
        print(f"added to {path}; now run `hiwar check {path}`")
    else:
        print(text, end="")
    return 0


def _codebook(data: Path) -> Codebook:
    codebook = _dataset(data).codebook
    assert codebook is not None
    return codebook


def _labels(data: Path) -> dict[str, Text]:
    return {code.id: code.label for code in _dataset(data).methodology.codes}


@cache
def _dataset(data: Path) -> Dataset:
    from scoring.source.dataset import CODEBOOK, read_dataset

    dataset = read_dataset(data).dataset
    if dataset is None or dataset.codebook is None:
        path = data / CODEBOOK
        raise SheetError(
            f"{path} must be there and valid: run `hiwar check`", f"يجب أن يوجد {path} سليماً: شغّل `hiwar check`"
        )
    return dataset


def register(commands: Commands) -> None:
    """Add these commands to the parser."""
    sampling(commands.add(sample))
    for one in (commands.add(agree), coding := commands.add(code)):
        one.add_argument("folder", type=Path, metavar="FOLDER", help="the sample's folder")
    coding.add_argument("--agency", required=True, metavar="ID")
    coding.add_argument("--url", required=True, help="address of the account that the posts are from")
    coding.add_argument("--channel", required=True, help="a channel of vocabulary.yml, such as x")
    coding.add_argument("--language", default="ar", help="main language of the posts (default: ar)")
    coding.add_argument("--observed", type=day, metavar="DATE", help="when the posts were coded (default: today)")
    coding.add_argument("--archived", metavar="URL", help="where the settled sheet is kept in public")
    coding.add_argument("--id", metavar="PREFIX", help="start of the items' ids (default: agency, month, sample)")
    coding.add_argument("--write", action="store_true", help="add the items to the agency's evidence.yml")


def sampling(samples: argparse.ArgumentParser) -> None:
    """The arguments of `hiwar sample`, which `hiwar new sample` has too."""
    samples.add_argument(
        "posts", type=Path, metavar="POSTS.csv", help="a table of posts, as `hiwar import posts` makes"
    )
    samples.add_argument("--n", type=_positive, default=50, help="how many posts to draw (default: 50)")
    samples.add_argument("--seed", type=int, required=True, help="any whole number, chosen before the posts were seen")
    samples.add_argument("--without-replies", action="store_true", help="draw from what is no reply")
    samples.add_argument("--to", type=Path, metavar="FOLDER", help="default: named after the file, n and seed")


def _positive(text: str) -> int:
    try:
        if (number := int(text)) > 0:
            return number
    except ValueError:
        pass
    raise unfit(
        f"must be a whole number from 1 up, found {text!r}", f"يجب أن يكون عدداً صحيحاً لا يقل عن 1، والموجود {text!r}"
    )
