"""The reader against bytes that atheris makes, guided by which lines they reach.

    python -m tests.hostile.fuzz_reader [-runs=N] [-max_total_time=SECONDS] [FOLDER OF SEEDS]

Whatever comes in, the reader ends, raises nothing, and names places that are in the file.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["scoring.source", "scoring.rules"]):
    from scoring.model import Evidence
    from scoring.problems import format_problems
    from scoring.source.validate import validate
    from scoring.source.yaml_subset import read_yaml


def one(data: bytes) -> None:
    document = read_yaml(data, "fuzz.yml")
    problems = list(document.problems)
    if isinstance(document.value, list):
        for index in range(min(len(document.value), 5)):
            problems += validate(Evidence, document, (index,))[1]
    rows = data.count(b"\n") + data.count(b"\r") + 2
    for problem in problems:
        assert 1 <= problem.line <= rows and problem.column >= 1, problem
    told = format_problems(problems)
    assert all(char >= " " or char == "\n" for char in told)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
