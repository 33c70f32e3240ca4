"""Make tests/vectors/search_index.json: the index of the documents in tests/vectors/search.json, cut very small.

The browser's search (theme/assets/js/search-core.js) is tested on these files; tests/test_search.py holds them to the
index. Run it after the index has changed:  .venv/bin/python scripts/make_search_vectors.py
"""

from __future__ import annotations

import json
from pathlib import Path

from scoring.search import Document, Sizes, index

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "vectors"
TARGET = FOLDER / "search_index.json"
SMALL = Sizes(block=4, terms=8, postings=60, common=9)


def vectors() -> str:
    given = json.loads((FOLDER / "search.json").read_text(encoding="utf-8"))["documents"]
    documents = [Document(address=name, title=fields["names"][0], **fields) for name, fields in given.items()]
    return json.dumps(index(documents, SMALL), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    TARGET.write_text(vectors(), encoding="utf-8")
