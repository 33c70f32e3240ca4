"""What a web archive says of its making. It is kept as it is, so its keeper is told what is in it."""

from __future__ import annotations

import gzip
import io
import re
import zlib

from scoring.model import Text

_PART = 1 << 20  # bytes looked at in one go
_TOLD = {
    rb"(?im)^WARC-IP-Address:": Text(
        en="it holds the addresses of the servers it came from (WARC-IP-Address): they are public, and stay",
        ar="فيه عناوين الخوادم التي جاء منها (WARC-IP-Address)، وهي عامة فتبقى",
    ),
    rb"(?im)^(?:Cookie|Authorization):": Text(
        en="it seems to hold cookies or a login: make it anew in a fresh browser profile before you pass it on",
        ar="يبدو أن فيه ملفات ارتباط أو بيانات دخول: أعد الالتقاط في متصفح جديد قبل أن تعطيه لأحد",
    ),
    rb"(?i)\AWARC/[^\0]{0,4000}\n(?:operator|hostname|ip):": Text(
        en="it names the machine or person that made it: look at its first record before you pass it on",
        ar="فيه اسم الجهاز أو الشخص الذي التقطه: انظر في أوله قبل أن تعطيه لأحد",
    ),
}


def notes(data: bytes, kind: str) -> list[Text]:
    """What the keeper of a capture should know of it; nothing for other kinds."""
    if kind not in ("warc", "warc.gz"):
        return []
    raw = io.BytesIO(data)
    unpacked = gzip.GzipFile(fileobj=raw) if kind == "warc.gz" else raw
    found: set[bytes] = set()
    try:
        while part := unpacked.read(_PART):
            part += unpacked.readline(_PART)  # a line is never cut in two
            found |= {pattern for pattern in _TOLD if re.search(pattern, part)}
    except (OSError, EOFError, zlib.error):
        pass  # cut short: what could be read was looked at
    return [told for pattern, told in _TOLD.items() if pattern in found]
