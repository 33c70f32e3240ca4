"""The files of a coded sample: posts in, coding sheets out and in again, and what is left to settle.

A sample's folder holds `sample.yml` (what was drawn from what), `sheet.csv` (empty, for a spreadsheet), `coding.html`
(the same, offline in a browser), each coder's `sheet-<coder>.csv` and, where they differ, `settle.csv`.
"""

from __future__ import annotations

import csv
import hashlib
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from scoring.instruments.coding import UNKNOWN, Answer, Answers, Sheet
from scoring.instruments.precode import propose
from scoring.instruments.sampling import Post, Sample
from scoring.model import Codebook, Variable

ABOUT, EMPTY, SETTLE, SETTLED = "sample.yml", "sheet.csv", "settle.csv", "settled.csv"
HINTS = ("names_official", "states_figure")
_POST_COLUMNS = {
    "id": ("id", "post", "post_id", "tweet_id", "status_id"),
    "text": ("text", "full_text", "message", "content", "caption", "النص"),
    "time": ("time", "timestamp", "created_at", "date", "published"),
    "url": ("url", "link", "permalink", "expanded_urls"),
    "repost": ("repost", "retweeted_status_id", "is_retweet"),
    "reply": ("reply_to", "in_reply_to_status_id", "is_reply"),
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SLUG = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
_NO = frozenset(("", "false", "0", "no", "none", "nan"))


class SheetError(Exception):
    """A file that cannot be used: what must be, and what was found, in English and Arabic."""

    def __init__(self, en: str, ar: str) -> None:
        super().__init__(f"{en}\n{ar}")


@dataclass(frozen=True)
class Frame:
    """What was left out before drawing, by reason."""

    left_out: dict[str, int]


def read_posts(path: Path, frame: Frame, replies: bool = True) -> Iterator[Post]:
    """An agency's own posts, from a table with a column of texts; reposts and empty texts are left out and counted."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file, dialect=_dialect(file))
        columns = _columns(rows.fieldnames or (), path)
        for number, row in enumerate(rows, 1):
            values = {name: _bare(row.get(column) or "").strip() for name, column in columns.items()}
            reason = _left_out(values, replies)
            if reason:
                frame.left_out[reason] = frame.left_out.get(reason, 0) + 1
            else:
                id = values.get("id") or f"row-{number}"
                yield Post(id, values["text"], values.get("time", ""), values.get("url", "").split(",")[0])


def _left_out(values: Mapping[str, str], replies: bool) -> str | None:
    if not values["text"]:
        return "without text"
    if values.get("repost", "").casefold() not in _NO:
        return "reposts"
    return "replies" if not replies and values.get("reply", "").casefold() not in _NO else None


def _columns(names: Iterable[str], path: Path) -> dict[str, str]:
    by_name = {name.strip().casefold(): name for name in names}
    found = {
        field: next(by_name[name] for name in spellings if name in by_name)
        for field, spellings in _POST_COLUMNS.items()
        if by_name.keys() & set(spellings)
    }
    if "text" not in found:
        listed = ", ".join(by_name)
        raise SheetError(
            f"{path}: the posts need a column called text; found: {listed}",
            f"{path}: تحتاج المنشورات إلى عمود اسمه text؛ والموجود: {listed}",
        )
    return found


def _dialect(file: Any) -> type[csv.Dialect]:
    """Comma, semicolon or tab, by the first line: spreadsheets write what their language uses. Rewinds the file."""
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    head = file.readline()
    file.seek(0)
    best = max(",;\t", key=head.count)

    class Found(csv.excel):
        delimiter = best

    return Found


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table that opens in a spreadsheet: with a byte-order mark for Arabic, and no cell that starts a formula."""
    new = path.with_name(path.name + ".new")
    with new.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows([_safe(str(cell)) for cell in row] for row in rows)
    new.replace(path)


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _bare(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def write_sample(folder: Path, sample: Sample, about: Mapping[str, Any], codebook: Codebook, page: str) -> None:
    """A new sample's folder. Sheets that coders have saved in it are left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    hints = [{hint: getattr(propose(post.text), hint) for hint in HINTS} for post in sample.posts]
    keys = keyed(sample)
    header = ["post", "time", "url", "text", *(f"proposed_{h}" for h in HINTS), *(v.id for v in codebook.variables)]
    empty = [""] * len(codebook.variables)
    rows = [
        [key, post.time, post.url, post.text, *(" · ".join(m.words for m in found[h]) for h in HINTS), *empty]
        for (key, post), found in zip(keys.items(), hints, strict=True)
    ]
    write_csv(folder / EMPTY, header, rows)
    _write(folder / "coding.html", page)
    about = {**about, "posts": {key: post.id for key, post in keys.items()}}
    _write(folder / ABOUT, yaml.safe_dump(about, allow_unicode=True, sort_keys=False))


def keyed(sample: Sample) -> dict[str, Post]:
    """The posts by a short name: a spreadsheet would round the long numbers that platforms give."""
    return {f"p{number:03d}": post for number, post in enumerate(sample.posts, 1)}


def _write(path: Path, text: str) -> None:
    new = path.with_name(path.name + ".new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)


def read_about(folder: Path) -> dict[str, Any]:
    """What `sample.yml` says of the sample."""
    path = folder / ABOUT
    if not path.is_file():
        raise SheetError(
            f"{path} is missing: make the sample with `hiwar sample`",
            f"{path} مفقود: اسحب العيّنة بالأمر `hiwar sample`",
        )
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def digest(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sheet_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("sheet-*.csv"))


def read_sheets(folder: Path, codebook: Codebook) -> list[Sheet]:
    """Every coder's sheet in a sample's folder, by name of the file. Raises SheetError where an answer is none."""
    sheets = []
    for path in sheet_files(folder):
        coder = path.stem.removeprefix("sheet-").lower()
        if not _SLUG.fullmatch(coder):
            raise SheetError(
                f"{path}: after sheet- there must be the coder's name in a–z, 0–9 and hyphens",
                f"{path}: يجب أن يلي sheet- اسم المرمّز بالأحرف a–z والأرقام 0–9 والشرطات",
            )
        sheets.append(Sheet(coder, dict(_read_answers(path, codebook))))
    return sheets


def _read_answers(path: Path, codebook: Codebook) -> Iterator[tuple[str, dict[str, Answer]]]:
    for line, row in _rows(path):
        answers = {v.id: read_answer(v, row[v.id], f"{path}:{line}") for v in codebook.variables if row.get(v.id)}
        yield row.get("post", ""), {id: answer for id, answer in answers.items() if answer}


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file, dialect=_dialect(file))
        if "post" not in (rows.fieldnames or ()):
            raise SheetError(f"{path}: the first line must name the columns, post among them",
                             f"{path}: يجب أن يسمّي السطر الأول الأعمدة ومنها post")  # fmt: skip
        for row in rows:
            yield rows.line_num, {k: _bare(v).strip() for k, v in row.items() if isinstance(k, str) and v}


def read_answer(variable: Variable, cell: str, where: str) -> Answer:
    """The options a cell names, by id, key or label in either language; a dash where nobody can tell."""
    names = {
        spelling.casefold(): option.id
        for option in variable.options
        for spelling in (option.id, option.key, option.label.en, option.label.ar)
    }
    if cell in ("-", "–", "−"):
        return UNKNOWN
    whole = names.get(cell.casefold())
    parts = [cell] if whole or not variable.many else re.split(r"[\s,;+،؛/]+", cell)
    found = frozenset(names.get(part.casefold(), "") for part in parts if part)
    if "" in found or (len(found) > 1 and not variable.many):
        options = ", ".join(option.id for option in variable.options)
        raise SheetError(
            f"{where}: {variable.id} must be {'some' if variable.many else 'one'} of: {options}; found {cell[:60]!r}",
            f"{where}: يجب أن يكون {variable.id} من: {options}؛ والموجود {cell[:60]!r}",
        )
    return found


def read_decisions(folder: Path, codebook: Codebook) -> dict[str, dict[str, Answer]]:
    """What was settled so far in `settle.csv`: post → question → answer."""
    path, variables = folder / SETTLE, {v.id: v for v in codebook.variables}
    decided: dict[str, dict[str, Answer]] = {}
    for line, row in _rows(path) if path.is_file() else ():
        variable = variables.get(row.get("question", ""))
        if variable and row.get("settled"):
            answer = read_answer(variable, row["settled"], f"{path}:{line}")
            decided.setdefault(row["post"], {})[variable.id] = answer
    return decided


def write_unsettled(
    folder: Path, sheets: Sequence[Sheet], decided: Answers, open_: Sequence[tuple[str, str]], codebook: Codebook
) -> None:
    """`settle.csv`: every difference with a place for the answer; what was decided before is kept."""
    texts = {row["post"]: row.get("text", "") for _, row in _rows(folder / EMPTY)}
    variables = {v.id: v for v in codebook.variables}
    done = [(post, id) for post, answers in decided.items() for id in answers]
    rows = []
    for post, id in dict.fromkeys([*done, *open_]):
        given = [written(sheet.answers.get(post, {}).get(id)) for sheet in sheets]
        question = variables[id].question
        options = " · ".join(option.id for option in variables[id].options)
        settled = written(decided.get(post, {}).get(id))
        rows.append([post, texts.get(post, ""), id, question.en, question.ar, options, *given, settled])
    header = ["post", "text", "question", "asks", "السؤال", "options", *(s.coder for s in sheets), "settled"]
    write_csv(folder / SETTLE, header, rows)


def written(answer: Answer | None) -> str:
    return " ".join(sorted(answer or ()))


def write_settled(folder: Path, settled: Answers, codebook: Codebook) -> str:
    """`settled.csv`: posts by their short names and the answers, without texts, to be archived; gives its SHA-256."""
    ids = [variable.id for variable in codebook.variables]
    rows = [[post, *(written(answers.get(id)) for id in ids)] for post, answers in sorted(settled.items())]
    write_csv(folder / SETTLED, ["post", *ids], rows)
    return digest(folder / SETTLED)


class _Plain(yaml.SafeDumper):
    """Writes every value out: data files know no aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def as_yaml(items: Iterable[Mapping[str, Any]]) -> str:
    """Evidence items as they stand in a file."""
    return plain_yaml([dict(item) for item in items])


def plain_yaml(data: object) -> str:
    """Data as the data files write them."""
    return str(yaml.dump(data, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=110))


def append_evidence(data: Path, agency: str, prefix: str, text: str) -> Path:
    """Add items to an agency's evidence.yml, which keeps every byte it has. Refuses ids that are in it already."""
    folder = next((f for f in data.glob(f"agencies/*/{agency}") if f.is_dir()), None)
    if folder is None:
        raise SheetError(f"no agency has the id {agency}", f"لا جهة معرّفها {agency}")
    path = folder / "evidence.yml"
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if f"id: {prefix}." in before:
        raise SheetError(
            f"{path} has items called {prefix}.… already: give another --id, or delete them first",
            f"في {path} أدلة باسم {prefix}.… من قبل: أعطِ ‎--id آخر أو احذفها أولاً",
        )
    _write(path, before + ("" if before.endswith("\n") or not before else "\n") + text)
    return path
