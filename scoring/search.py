"""The search index: what words are made of, and the files that a reader's browser looks them up in.

Terms stand in small sorted files, once as they are and once spelt backwards. Whoever mistypes one letter has left the
word's beginning or its end untouched, so that two small ranges hold every word that may be meant, and nobody has to
fetch the whole vocabulary. theme/assets/js/fold.js makes the same words, search-core.js reads what is written here.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile

HEADING, TEXT = 4, 1  # weights; a name weighs by how much of it one word is
REST = 2  # letters that must be left of a word without its article

_MARKS = re.compile(
    "[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640\u06d6-\u06ed\u0621'’ʼʻʿʾ`\u00ad\u200b-\u200f]"
)
_LETTERS = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ک": "ك", "ی": "ي"}
_LETTERS |= {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
_DIGITS = {chr(zero + n): str(n) for zero in (0x660, 0x6F0) for n in range(10)}
_SPELLING = str.maketrans(_LETTERS | _DIGITS)
_THOUSANDS = re.compile(r"([0-9])[,٬](?=[0-9])")
_WORD = re.compile(r"[^\W_]+")
_BEYOND = re.compile("[\U00010000-\U0010ffff]")  # counted as two characters there and one here
_ARTICLE = re.compile(f"^(?:[وبكف]?ال|لل)(?=.{{{REST}}})")
_BEFORE = frozenset("وبكفال")  # letters that a word with an article begins with
_CHUNK = re.compile(r"[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*")
_SIMPLE = re.compile("[A-Z]?[a-z]+").fullmatch  # most words: one hump, looked up as any other word
_HUMPS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_SMALL_WORDS = """
a an and as at by for from in is of on or that the to with
في من الي عن ان او ما هل مع هذا هذه ذلك التي الذي كل لا و
"""  # folded
SMALL = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True)
class Sizes:
    """How an index is cut into files."""

    block: int = 32  # documents in a file of what is shown
    terms: int = 800  # terms in a file of the vocabulary
    postings: int = 12_000  # characters in a file of postings
    common: int = 4_000  # documents with a word in nothing but their text, beyond which it says too little to be listed


@dataclass(frozen=True)
class Document:
    """Something that can be found: its address below the language's home, what is shown of it (kind, title and the
    place it belongs to), and what it is found by, the weightiest first."""

    address: str
    kind: str
    title: str
    place: str = ""
    names: Sequence[str] = field(default=())
    headings: Sequence[str] = field(default=())
    text: str = ""


SIZES = Sizes()


def fold(text: str) -> str:
    """Spellings that a reader types one way and a page another, made alike."""
    folded = _MARKS.sub("", unicodedata.normalize("NFKD", text.strip()).lower()).translate(_SPELLING)
    return _THOUSANDS.sub(r"\1", folded)


def tokens(text: str) -> list[str]:
    """The words of a text as they are looked up: folded, without article, small words left out where others stand."""
    words = [_bare(word) for word in _WORD.findall(_BEYOND.sub(" ", fold(text)))]
    return [word for word in words if word not in SMALL] or words


def _bare(word: str) -> str:
    """A word without its article."""
    return _ARTICLE.sub("", word) if word[0] in _BEFORE else word


def compounds(text: str) -> Iterator[str]:
    """What names in Latin letters are also looked up by: written in one, and by the words within (@MoJ_Qatar)."""
    for chunk in _CHUNK.findall(unicodedata.normalize("NFKD", text)):
        if _SIMPLE(chunk):
            continue
        humps = [hump for part in re.split(r"[-_.]", chunk) for hump in _HUMPS.findall(part)]
        whole = re.sub(r"[-_.]", "", chunk).lower()
        if not whole.isdigit() and (len(humps) > 1 or whole != chunk.lower()):
            yield whole
            yield from (hump.lower() for hump in humps if len(hump) > 1)


def initials(name: str) -> list[str]:
    """The acronyms of an English name: its small words all spoken, only "of", or none (MOH, DEWA)."""
    words = [w.lower() for w in re.findall(r"[^\W\d_]+", re.sub(r"\([^)]*\)", " ", name))]
    kept = (words, [w for w in words if w == "of" or w not in SMALL], [w for w in words if w not in SMALL])
    made = ("".join(w[0] for w in chosen) for chosen in kept if 2 <= len(chosen) <= 8)
    return list(dict.fromkeys(made))


def postings(documents: Sequence[Document]) -> dict[str, dict[int, int]]:
    """Term → document → the weight of the weightiest place it stands in."""
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for number, document in enumerate(documents):
        for term, weight in _weighed(document):
            if weight > found[term].get(number, 0):
                found[term][number] = weight
    return found


def _weighed(document: Document) -> Iterator[tuple[str, int]]:
    for name in document.names:
        words = tokens(name)
        weight = max(6, 9 - max(0, len(words) - 1) // 2)
        yield from ((word, weight) for word in (*words, *compounds(name)))
    for heading in document.headings:
        yield from ((word, HEADING) for word in (*tokens(heading), *compounds(heading)))
    yield from ((word, TEXT) for word in (*tokens(document.text), *compounds(document.text)))


def index(documents: Sequence[Document], sizes: Sizes = SIZES) -> dict[str, str]:
    """The files of an index by their names. All but the first lie in a folder named after what they hold, so that
    files of two builds are never mixed."""
    found = postings(documents)
    lines = {term: _line(found[term], sizes.common) for term in sorted(found, key=_order)}
    backward = sorted((term[::-1] for term in lines), key=_order)
    shards = {
        "v": _batches(lines, sizes.terms),
        "r": _batches(backward, sizes.terms),
        "p": _by_size(lines, sizes.postings),
    }
    files: dict[str, str] = {}
    firsts: dict[str, list[str]] = {kind: [] for kind in shards}
    for kind, made in shards.items():
        for number, shard in enumerate(made):
            files[f"{kind}{number}.txt"] = _front_coded(shard)
            firsts[kind].append(next(iter(shard)))
    for number, at in enumerate(range(0, len(documents), sizes.block)):
        files[f"d{number}.json"] = _json([_shown(one) for one in documents[at : at + sizes.block]])
    digest = hashlib.sha256(_json(files).encode()).hexdigest()[:12]
    about = {"folder": digest, "documents": len(documents), "block": sizes.block, "shards": firsts}
    return {"index.json": _json(about)} | {f"{digest}/{name}": text for name, text in files.items()}


def _order(term: str) -> bytes:
    """Terms in the order that browsers compare them in."""
    return term.encode("utf-16-be")


def _batches(terms: Iterable[str], size: int) -> Iterator[dict[str, str]]:
    rest = iter(terms)
    while batch := dict.fromkeys(islice(rest, size), ""):
        yield batch


def _by_size(lines: Mapping[str, str], most: int) -> Iterator[dict[str, str]]:
    shard: dict[str, str] = {}
    size = 0
    for term, line in lines.items():
        if shard and size + len(line) > most:
            yield shard
            shard, size = {}, 0
        shard[term] = line
        size += len(term) + len(line)
    if shard:
        yield shard


def _line(weights: Mapping[int, int], most: int) -> str:
    """A term's documents by weight, each as the gap from the one before, in base 36; `!` where its texts are too many
    to be listed."""
    by_weight: dict[int, list[int]] = defaultdict(list)
    for number in sorted(weights):
        by_weight[weights[number]].append(number)
    common = len(by_weight.get(TEXT, ())) > most
    if common:
        del by_weight[TEXT]
    groups = (f"{weight}{_gaps(by_weight[weight])}" for weight in sorted(by_weight, reverse=True))
    return ("!" if common else "") + ";".join(groups)


def _gaps(numbers: Sequence[int]) -> str:
    return " ".join(_base36(b - a) for a, b in zip((0, *numbers), numbers, strict=False))


def _base36(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    text = ""
    while True:
        number, last = divmod(number, 36)
        text = digits[last] + text
        if not number:
            return text


def _front_coded(lines: Mapping[str, str]) -> str:
    """A line for each term: how many letters it shares with the one before, the rest, and what belongs to it."""
    before, made = "", []
    for term, line in lines.items():
        shared = min(35, sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, term, strict=False))))
        made.append(f"{_base36(shared)}{term[shared:]}" + (f"\t{line}" if line else ""))
        before = term
    return "\n".join(made)


def _shown(document: Document) -> list[str]:
    return [document.address, document.kind, document.title, document.place]


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
