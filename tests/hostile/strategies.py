"""Texts and files as strangers send them, for hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

SYNTAX = [
    *"-:?#&*!|>'\"%@`[]{},<~\\ \n\t=+.0123456789aeb_",
    "- ",
    ": ",
    "? ",
    "<<",
    "---\n",
    "...\n",
    "\n  ",
    "\r\n",
]
ODD = [chr(point) for point in (0, 0x1B, 0x85, 0xAD, 0x200B, 0x200C, 0x200F, 0x202E, 0x2028, 0x2066, 0x2069, 0xFEFF,
                                0xFDFA, 0x640, 0x64B, 0x660, 0x6F0, 0xE0041, 0xFE0F, 0xE000, 0x10FFFF)]  # fmt: skip
KEYS = ["id", "code", "value", "finding", "en", "ar", "source", "url", "observed", "strength", "counts", "nonsense"]

files = st.lists(
    st.one_of(st.sampled_from(SYNTAX), st.sampled_from(KEYS), st.sampled_from(ODD), st.text(max_size=4)), max_size=60
).map(lambda parts: "".join(parts).encode("utf-8", "surrogatepass"))
"""Bytes that look like YAML."""

plain = st.recursive(
    st.one_of(st.booleans(), st.integers(-(10**9), 10**9), st.text("abcdefgh وزارة", min_size=1, max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3), st.dictionaries(st.sampled_from(KEYS), inner, min_size=1, max_size=3)
    ),
    max_leaves=8,
)
"""Values that a data file may hold."""
