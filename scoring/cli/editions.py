"""The commands around editions: freeze one, verify what was frozen, say what was wrong in it."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Mapping
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

from scoring.cli.arguments import HOME, Commands, Run, day, today
from scoring.cli.site import dataset_of, view_of
from scoring.editions import EDITIONS, LEDGER, MEMBERS, NUMBERS, EditionError
from scoring.model import Edition
from scoring.problems import visible

if TYPE_CHECKING:
    from scoring.editions.originals import Originals
    from scoring.model import Dataset, Text


def _refusing(run: Run) -> Run:
    """A command that says why it did nothing, with exit code 1."""

    @wraps(run)
    def refusing(args: argparse.Namespace) -> int:
        try:
            return run(args)
        except EditionError as error:
            print(error, file=sys.stderr)
            return 1

    return refusing


@_refusing
def freeze(args: argparse.Namespace) -> int:
    """Freeze an edition: data, method, results, published files and checksums, as of a day, into editions/ID/."""
    from scoring.editions.freeze import freeze as frozen
    from scoring.editions.originals import Originals
    from scoring.publish import look_of, provenance
    from scoring.render.pinned import pinned
    from scoring.source.frozen import live_files

    held = Originals(args.data)
    edition = _edition(args.id, args.as_of)
    _is_free(args.data, edition, held)
    commit = _commit(args.data, held)
    dataset = dataset_of(args.data)
    if dataset is None:
        return 1
    _agrees(dataset, edition)
    data = {path: (args.data / path).read_bytes() for path in live_files(args.data)}
    view = view_of(args.data, dataset, edition.as_of)
    folder = args.data / EDITIONS / edition.id
    made = pinned(view, edition, provenance(HOME, commit), look_of(HOME.generator))
    files = frozen(edition, commit, data, view, made)
    _write(folder, files)
    for name in sorted(files):
        print(f"{(folder / name).as_posix()}: {len(files[name]):,} bytes")
    print(f"edition {edition.id} as of {edition.as_of}, made of commit {commit}")
    print(f"now commit it: git add {folder.as_posix()} && git commit -m 'Edition {edition.id}'")
    return 0


def _edition(id: str, as_of: date) -> Edition:
    from pydantic import ValidationError

    try:
        edition = Edition(id=id, as_of=as_of)
    except ValidationError:
        raise EditionError(
            f"an edition's id must be a–z and 0–9, joined by single - _ or ., such as 2026-11; found {visible(id)}",
            f"يجب أن يتكون معرّف الإصدار من a–z و0–9 تصل بينها - أو _ أو . مفردة، مثل 2026-11؛ والموجود {visible(id)}",
        ) from None
    if as_of > today():
        raise EditionError(f"an edition is a day that was; {as_of} is not yet", f"الإصدار يوم مضى، و{as_of} لم يأتِ بعد")
    return edition


def _is_free(data: Path, edition: Edition, held: Originals) -> None:
    from scoring.editions.verify import known

    if edition.id in known(data, held):
        raise EditionError(
            f"there is an edition {edition.id} already, here or in git; what is frozen is never frozen anew",
            f"يوجد إصدار {edition.id} من قبل هنا أو في git، وما جُمِّد لا يُجمَّد من جديد",
        )


def _agrees(dataset: Dataset, edition: Edition) -> None:
    """What about.yml says of the edition is what is frozen."""
    listed = {e.id: e.as_of for e in dataset.editions}
    if listed.get(edition.id, edition.as_of) != edition.as_of:
        raise EditionError(
            f"about.yml lists edition {edition.id} as of {listed[edition.id]}, not {edition.as_of}",
            f"الإصدار {edition.id} مدرج في about.yml بتاريخ {listed[edition.id]} لا {edition.as_of}",
        )
    if edition.id in dataset.methods:
        raise EditionError(
            f"edition {edition.id} has a method of its own in methods/, but a frozen one has today's",
            f"للإصدار {edition.id} منهجية خاصة في methods/، والمجمَّد منهجيته الحالية",
        )


def _commit(data: Path, held: Originals) -> str:
    """The newest commit, which must hold the data to the byte."""
    from scoring.editions.verify import live
    from scoring.problems import format_problems
    from scoring.source.git import revision

    commit, said = revision(data)
    if commit is None or held.head is None:
        raise EditionError(
            f"{visible(data, 500)} is in no git repository with a commit, so no edition can say what it was made of "
            f"{said}".rstrip(),
            f"المجلد {visible(data, 500)} ليس في مستودع git فيه إيداع، فلا يمكن أن يبيّن الإصدار مصدره",
        )
    changed = [problem for problem in live(data, held) if problem.severity == "error"]
    if changed:
        print(format_problems(changed, "text"), end="", file=sys.stderr)
        raise EditionError(
            "an edition is made of a commit: commit these changes of the data first",
            "يُصنع الإصدار من إيداع في git، فأودع هذه التغييرات في البيانات أولًا",
        )
    return commit


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Beside its place first, so that a killed run leaves no half edition."""
    new = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    for name, content in files.items():
        (new / name).write_bytes(content)
    new.rename(folder)


def verify(args: argparse.Namespace) -> int:
    """Check frozen editions, the ledger and the live data to the byte, and recompute every number offline. Exit codes:
    0 all as it was, 1 something differs (with --strict also where anything could not be compared as it was committed),
    2 no such edition or folder."""
    from scoring.editions.originals import Originals
    from scoring.editions.verify import known
    from scoring.editions.verify import verify as verified
    from scoring.problems import format_problems

    if not args.data.is_dir():
        print(f"no such folder: {visible(args.data, 500)} · لا يوجد هذا المجلد", file=sys.stderr)
        return 2
    held = Originals(args.data)
    editions = known(args.data, held)
    if args.id is not None and args.id not in editions:
        print(f"no edition has the id {visible(args.id)} · لا إصدار معرّفه {visible(args.id)}", file=sys.stderr)
        return 2
    found = list(verified(args.data, args.id, held))
    print(format_problems(found, args.format), end="")
    errors = sum(problem.severity == "error" for problem in found)
    count, warnings = 1 if args.id else len(editions), len(found) - errors
    told = f"{count} edition{'' if count == 1 else 's'}, ledger and live data: {errors or 'no'} differences"
    print(f"{told}, {warnings} warning{'' if warnings == 1 else 's'}" if warnings else told, file=sys.stderr)
    return 1 if errors or (args.strict and found) else 0


@_refusing
def correct(args: argparse.Namespace) -> int:
    """Add to the ledger what an edition says wrongly of an agency: its numbers then, and by the data of today."""
    from scoring.editions.correct import correction
    from scoring.editions.ledger import appended
    from scoring.source.frozen import frozen_datasets

    dataset = dataset_of(args.data)
    if dataset is None:
        return 1
    manifest = dataset.frozen.get(args.edition)
    past = frozen_datasets(args.data, dataset)[args.edition].at(manifest.edition) if manifest else None
    if manifest is None or past is None or args.agency not in past.agencies:
        what = f"{visible(args.agency)} · {visible(args.edition)}"
        print(f"no frozen edition has that id, or it does not know the agency: {what}", file=sys.stderr)
        return 2
    files = {name: (args.data / EDITIONS / manifest.id / name).read_bytes() for name in (NUMBERS, MEMBERS)}
    why = _why(args)
    found = correction(dataset, past, manifest, files, args.agency, _past(args.on), why)
    path = args.data / LEDGER
    _append(path, appended(path.read_bytes() if path.exists() else b"", found))
    print(f"{found['id']} added to {path.as_posix()}; now commit it")
    return 0


def _past(on: date) -> date:
    if on > today():
        raise EditionError(f"a correction has a day that was; {on} is not yet", f"للتصويب يوم مضى، و{on} لم يأتِ بعد")
    return on


def _why(args: argparse.Namespace) -> Text:
    from pydantic import ValidationError

    from scoring.model import Text

    try:
        return Text(en=args.why_en, ar=args.why_ar)
    except ValidationError:
        raise EditionError(
            "say why in both languages, in 1 to 2000 characters each",
            "اذكر السبب باللغتين، من محرف واحد إلى 2000 محرف في كل منهما",
        ) from None


def _append(path: Path, ledger: bytes) -> None:
    """Only a ledger that reads back without a finding takes the place of the old."""
    from scoring.problems import format_problems
    from scoring.source.dataset import read_ledger

    new = path.with_name(f".{path.name}.new")
    new.write_bytes(ledger)
    found = read_ledger(new)
    if found:
        new.unlink()
        raise EditionError(format_problems(found, "text", "en"), format_problems(found, "text", "ar"))
    new.replace(path)


def register(commands: Commands) -> None:
    """Add these commands to the parser."""
    freezes = commands.add(freeze)
    freezes.add_argument("id", metavar="ID", help="such as 2026-11")
    freezes.add_argument(
        "--as-of", type=day, required=True, metavar="DATE", help="its day; what was read later is left out"
    )
    verifies = commands.add(verify)
    verifies.add_argument("id", nargs="?", metavar="ID", help="default: every edition")
    verifies.add_argument("--format", choices=["text", "json", "github"], default="text")
    verifies.add_argument("--strict", action="store_true", help="warnings count as findings, as for a release")
    corrects = commands.add(correct)
    corrects.add_argument("edition", metavar="EDITION")
    corrects.add_argument("--agency", required=True, metavar="ID")
    corrects.add_argument("--why-en", required=True, metavar="TEXT", help="why it was wrong, in English")
    corrects.add_argument("--why-ar", required=True, metavar="TEXT", help="and in Arabic")
    corrects.add_argument("--on", type=day, required=True, metavar="DATE", help="the day of the correction")
