"""What a stranger's file may hold: each is refused with its code, at its line and column, and never a traceback."""

from datetime import date

import pytest
import yaml

from scoring.source import yaml_subset
from scoring.source.yaml_subset import Limits, read_yaml

# (name, text or bytes, [(code, line, column)]): the complete findings
YAML: list[tuple[str, str, list[tuple[str, int, int]]]] = [
    ("duplicate key", "a: 1\nb: 2\na: 3\n", [("E121", 3, 1)]),
    ("duplicate key, nested", "a:\n  b: 1\n  'b': 2\n", [("E121", 3, 3)]),
    ("duplicate key after NFC", "caf\u00e9: 1\ncafe\u0301: 2\n", [("E122", 2, 1)]),
    ("duplicate key after case folding", "name: 1\nNAME: 2\n", [("E122", 2, 1)]),
    ("duplicate key after full case folding", "stra\u00dfe: 3\nSTRASSE: 4\n", [("E122", 2, 1)]),
    ("alias bomb", "a: &a [x]\nb: &b [*a, *a]\n", [("E123", 1, 4), ("E123", 2, 4), ("E124", 2, 8), ("E124", 2, 12)]),
    ("merge-key bomb", "a: {b: 1}\nc:\n  <<: {d: 1}\n", [("E126", 3, 3)]),
    ("self-alias", "a: &a\n  b: *a\n", [("E123", 1, 4), ("E124", 2, 6)]),
    ("undefined alias", "a: *nobody\n", [("E124", 1, 4)]),
    ("anchor on a key", "&k a: 1\n", [("E123", 1, 1)]),
    ("alias as a key", "*k : 1\n", [("E124", 1, 1)]),
    ("tag", "a: !!int '1'\nb: !python/object/apply:os.system [ls]\n", [("E125", 1, 4), ("E125", 2, 4)]),
    ("plain !", "a: ! b\n", [("E125", 1, 4)]),
    ("too deep", "a: " + "[" * 33 + "]" * 33 + "\n", [("E129", 1, 35)]),
    ("a million brackets a line apart", "[\n" * 100_000, [("E129", 33, 1)]),
    ("braces", "{a: " * 100 + "\n", [("E129", 1, 129)]),
    ("dashes", "- " * 100 + "\n", [("E129", 1, 65)]),
    ("time", "a: 12:30:45\nb: 12:30\n", [("E139", 1, 4), ("E139", 2, 4)]),
    ("octal", "a: 010\nb: 0o7\n", [("E135", 1, 4), ("E135", 2, 4)]),
    ("hexadecimal, binary", "a: 0x1F\nb: 0b11\n", [("E135", 1, 4), ("E135", 2, 4)]),
    ("underscores", "a: 1_000\n", [("E135", 1, 4)]),
    ("exponents", "a: 1e3\nb: 1.5e-3\n", [("E135", 1, 4), ("E135", 2, 4)]),
    ("odd decimals", "a: .5\nb: 5.\nc: +5\nd: -.5\n", [("E135", n, 4) for n in (1, 2, 3, 4)]),
    ("not a number", "a: .nan\nb: .inf\nc: -.INF\n", [("E135", n, 4) for n in (1, 2, 3)]),
    ("no such day", "a: 2024-02-30\n", [("E137", 1, 4)]),
    ("date forms", "a: 2024-2-3\nb: 2024-02-03T10:00:00Z\n", [("E137", 1, 4), ("E137", 2, 4)]),
    ("date with a time", "a: 2024-02-03 10:00:00\n", [("E137", 1, 4)]),
    ("5,000-digit integer", "a: " + "9" * 4000 + "\nb: -1234567890123456\n", [("E136", 1, 4), ("E136", 2, 4)]),
    ("long decimal", "a: 0." + "3" * 40 + "\n", [("E136", 1, 4)]),
    ("number as key", "1: a\n1.5: b\n", [("E131", 1, 1), ("E131", 2, 1)]),
    ("boolean and empty as key", "true: a\n? ~\n: c\n", [("E131", 1, 1), ("E131", 2, 3)]),
    ("date as key", "2024-01-01: b\n", [("E131", 1, 1)]),
    ("mapping and list as key", "? {a: 1}\n: b\n? [c]\n: d\n", [("E131", 1, 3), ("E131", 3, 3)]),
    ("two documents", "a: 1\n---\nb: 2\n", [("E128", 2, 1)]),
    ("directive", "%YAML 1.1\n---\na: 1\n", [("E127", 1, 1)]),
    ("unknown version", "# c\n%YAML 9.9\n---\na: 1\n", [("E127", 2, 1)]),
    ("tag directive", "%TAG ! tag:x,2000:\n---\na: 1\n", [("E127", 1, 1)]),
    ("empty", "", [("E132", 1, 1)]),
    ("comment only", "# nothing\n", [("E132", 1, 1)]),
    ("start only", "---\n", [("E132", 1, 1)]),
    ("scalar root", "just words\n", [("E133", 1, 1)]),
    ("tab indentation", "a:\n\tb: 1\n", [("E107", 2, 1)]),
    ("null", "a:\nb: ~\nc: null\nd:\n- \n", [("E134", 1, 1), ("E134", 2, 4), ("E134", 3, 4), ("E134", 5, 2)]),
    ("Arabic-Indic digits", "a: ٣٫٥\nb: -١٢\nc: ۵۰\n", [("E138", n, 4) for n in (1, 2, 3)]),
    ("unclosed quote", "a: 'b\nc: d\n", [("E120", 1, 4)]),
    ("unclosed bracket", "a: [b\n", [("E120", 1, 4)]),
    ("bad indentation", "a:\n  b: 1\n c: 2\n", [("E120", 3, 2)]),
    ("colon in text", "a: b: c\n", [("E120", 1, 5)]),
    ("lone surrogate escaped", 'a: "x\\ud800y"\n', [("E115", 1, 6)]),
    ("unknown escape", 'a: "\\q"\n', [("E115", 1, 5)]),
]  # fmt: skip

BYTES: list[tuple[str, bytes, list[tuple[str, int, int]]]] = [
    ("byte-order mark", b"\xef\xbb\xbfa: b\n", [("E103", 1, 1)]),
    ("byte-order mark inside", "a: b\ufeff\n".encode(), [("E110", 1, 5)]),
    ("UTF-16 with mark", "a: b\n".encode("utf-16"), [("E102", 1, 1)]),
    ("UTF-16 without mark", "a: b\n".encode("utf-16-le"), [("E102", 1, 1)]),
    ("invalid UTF-8", b"a: b\nc: caf\xe9 x\n", [("E102", 2, 7)]),
    ("overlong and surrogate bytes", b"a: \xed\xa0\x80\n", [("E102", 1, 4)]),
    ("NUL", b"a: long enough\x00\n", [("E105", 1, 15)]),
    ("NUL escaped", b'a: "b\\0c\\x00"\n', [("E105", 1, 6), ("E105", 1, 9)]),
    ("ESC sequence", b"a: \x1b[31mred\n", [("E105", 1, 4)]),
    ("ESC escaped", b'a: "\\e[31m"\n', [("E105", 1, 5)]),
    ("C1 control", "a: b\u009bc\n".encode(), [("E105", 1, 5)]),
    ("lone CR", b"a: b\rc: d\n", [("E106", 1, 5)]),
    ("next line", "a: b\u0085c\n".encode(), [("E106", 1, 5)]),
    ("line separator", "a: b\u2028c\u2029d\n".encode(), [("E106", 1, 5), ("E106", 1, 7)]),
    ("line separator escaped", b'a: "b\\L\\P\\N"\n', [("E106", 1, 6), ("E106", 1, 8), ("E106", 1, 10)]),
    ("bidi override", "a: b\u202ec\u202c\n".encode(), [("E108", 1, 5), ("E108", 1, 7)]),
    ("bidi embedding", "a: \u202bنص\n".encode(), [("E108", 1, 4)]),
    ("bidi escaped, on a further line", b'a: "b\n  c\\u202E"\n', [("E108", 2, 4)]),
    ("isolate left open", "a: \u2067b\n".encode(), [("E109", 1, 4)]),
    ("isolate closed twice", "a: \u2067b\u2069\u2069\n".encode(), [("E109", 1, 7)]),
    ("isolate escaped", b'a: "\\u2066b"\n', [("E109", 1, 5)]),
    ("tag characters", "a: b\U000e0041\n".encode(), [("E110", 1, 5)]),
    ("variation selectors", "a: b\ufe0f\nc: d\U000e0100\n".encode(), [("E110", 1, 5), ("E110", 2, 5)]),
    ("soft hyphen", "a: b\u00adc\n".encode(), [("E110", 1, 5)]),
    ("zero-width space, word joiner", "a: b\u200bc\u2060d\n".encode(), [("E110", 1, 5), ("E110", 1, 7)]),
    ("Hangul filler", "a: b\u3164c\n".encode(), [("E110", 1, 5)]),
    ("private use", "a: b\ue000\n".encode(), [("E111", 1, 5)]),
    ("noncharacter", "a: b\ufdd0\n".encode(), [("E111", 1, 5)]),
    ("five marks", "a: e\u0301\u0301\u0301\u0301\u0301\n".encode(), [("E112", 1, 9)]),
    ("five marks escaped", b'a: "e' + b"\\u0301" * 5 + b'"\n', [("E112", 1, 4)]),
    ("tab in text", b"a: b\tc\n", [("E107", 1, 5)]),
    ("tab escaped", b'a: "b\\tc"\n', [("E107", 1, 6)]),
    ("presentation forms", "a: وزارة ﻭﺯﺍﺭﺓ\n".encode(), [("W113", 1, 10)]),
    ("tatweel", "a: وزارة المــد\n".encode(), [("W114", 1, 13)]),
    ("two mistakes on lines apart", "a: b\u202e\nc: 010\n".encode(), [("E108", 1, 5), ("E135", 2, 4)]),
]  # fmt: skip

DEFAULT = Limits()
CASES = [(name, text.encode(), found) for name, text, found in YAML] + BYTES


def _found(data: bytes, limits: Limits = DEFAULT) -> list[tuple[str, int, int]]:
    return [(p.code[:4], p.line, p.column) for p in read_yaml(data, "file.yml", limits).problems]


@pytest.mark.parametrize(("data", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_refused_where_it_stands(data: bytes, expected: list[tuple[str, int, int]]) -> None:
    assert _found(data) == expected


@pytest.mark.parametrize("data", [c[1] for c in CASES if c[0] != "a million brackets a line apart"])
def test_the_parser_without_libyaml_finds_the_same(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with_libyaml = yaml_subset.read_whole(data, "file.yml")
    monkeypatch.setattr(yaml_subset, "_parser", yaml_subset._PureParser)
    without = yaml_subset.read_whole(data, "file.yml")
    assert without.value == with_libyaml.value or "E115" in str(without.problems)
    assert {p.code for p in without.problems} == {p.code for p in with_libyaml.problems}


def test_a_file_over_the_limit_is_not_parsed() -> None:
    assert _found(b"[" * 1_000_000) == [("E101", 1, 1)]
    assert _found(b"a: b\n" + b"#" * (256 * 1024 - 5)) == [("E104", 2, 4097)]


def test_a_long_line_is_refused_where_it_becomes_long() -> None:
    assert _found(b"a: " + b"b" * 4093 + b"\n") == []
    assert _found(b"a: " + b"b" * 4094 + b"\n") == [("E104", 1, 4097)]
    assert _found(b"a: " + "ب".encode() * 2047 + b"\n") == [("E104", 1, 2050)]


def test_nodes_are_counted() -> None:
    listed = "- a\n" * 19_999
    assert _found(listed.encode()) == []
    assert _found((listed + "- a\n").encode()) == [("E130", 20_000, 3)]


def test_a_flood_of_mistakes_is_cut() -> None:
    codes = [code for code, *_ in _found(b"a: \x1b\n" * 500)]
    assert codes.count("E105") == 100
    assert "E199" in codes
    assert [code for code, *_ in _found(b"- 010\n" * 500)] == ["E135"] * 100 + ["E199"]


def test_nothing_of_pyyaml_constructs_a_value() -> None:
    document = read_yaml(b"a: 2024-02-29\nb: [yes, NO, on, off, 'true', True]\nc: true\n", "file.yml")
    assert document.value == {"a": date(2024, 2, 29), "b": ["yes", "NO", "on", "off", "true", "True"], "c": True}
    assert document.problems == ()


def test_every_line_of_the_documented_limits_is_named_by_its_limit() -> None:
    small = Limits(bytes=100, line=20, depth=2, nodes=5)
    assert _found(b"a: [[b]]\n", small) == [("E129", 1, 5)]
    assert _found(b"[a, b, c, d, e]\n", small) == [("E130", 1, 14)]


def test_text_that_only_looks_odd_stays_text() -> None:
    lines = ["a: 24 hours", "b: 2015-03", "c: 9-5", "d: -", "e: a:b", "f: +974 4444", "g: v1.2.3", "h: 1,000", "i: ..."]
    value = read_yaml("\n".join(lines).replace("d: -\n", "d: '-'\n").encode(), "file.yml")
    assert [p.code for p in value.problems] == []
    assert all(isinstance(v, str) for v in value.value.values())


def test_libyaml_is_used_where_it_is() -> None:
    assert isinstance(yaml_subset._parser("a: b"), yaml.CLoader) == yaml.__with_libyaml__
