"""A capture of a source, without what tells where or by whom it was made. Bytes in, bytes out; no file is touched here.

Pixels, pages and text stay as they are: pictures lose only the parts beside the image data.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from typing import Any

METHODS = {
    "pdf": "pdf",
    "png": "image",
    "jpg": "image",
    "webp": "image",
    "warc": "warc",
    "warc.gz": "warc",
    "html": "html",
}
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    (
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"tRNS",
        b"gAMA",
        b"cHRM",
        b"sRGB",
        b"iCCP",
        b"pHYs",
        b"acTL",
        b"fcTL",
        b"fdAT",
    )
)
_JPEG_KEPT = frozenset((0xE0, 0xE2, 0xEE))  # JFIF, colour profile, Adobe's colour transform
_META = re.compile(
    rb"""<meta\b[^>]*\bname\s*=\s*["']?(?:geo\.|icbm\b|author\b|dc\.(?:coverage|creator)\b)[^>]*>""", re.IGNORECASE
)


class CaptureError(ValueError):
    """A capture that is cut short or damaged."""


def kind_of(data: bytes) -> str | None:
    """What a capture is, told by its bytes and not by its name: a key of METHODS; None where it is nothing we know."""
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    for kind, fits in (
        ("pdf", data[:1024].find(b"%PDF-") >= 0),
        ("png", data.startswith(_PNG)),
        ("jpg", data.startswith(b"\xff\xd8\xff")),
        ("webp", data[:4] == b"RIFF" and data[8:12] == b"WEBP"),
        ("warc", data.startswith(b"WARC/")),
        ("warc.gz", data.startswith(b"\x1f\x8b")),
        ("html", head[:15].lower().startswith((b"<!doctype html", b"<html", b"<head")) or b"<html" in head.lower()),
    ):
        if fits:
            return kind
    return None


def stripped(data: bytes, kind: str) -> bytes:
    """The capture without metadata of place, device and person. Raises CaptureError where it is damaged."""
    try:
        return {"png": _png, "jpg": _jpeg, "webp": _webp, "pdf": _pdf, "html": _html}.get(kind, bytes)(data)
    except (struct.error, IndexError) as error:
        raise CaptureError(f"damaged {kind}: {error}") from None


def _png(data: bytes) -> bytes:
    out, at = [_PNG], len(_PNG)
    while at < len(data):
        (length,), name = struct.unpack(">I", data[at : at + 4]), data[at + 4 : at + 8]
        end = at + 12 + length
        if end > len(data):
            raise CaptureError("damaged png: cut short")
        if name in _PNG_KEPT:
            out.append(data[at:end])
        at = end
        if name == b"IEND":
            break
    return b"".join(out)


def _jpeg(data: bytes) -> bytes:
    out = [data[:2]]
    for marker, segment in _segments(data):
        application = 0xE0 <= marker <= 0xEF and marker not in _JPEG_KEPT
        foreign = marker == 0xE2 and not segment[4:].startswith(b"ICC_PROFILE")
        if not application and not foreign and marker != 0xFE:
            out.append(segment)
    return b"".join(out)


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and bytes of each segment; the last holds all of the image, to its end and no further."""
    at = 2
    while at < len(data):
        if data[at] != 0xFF:
            raise CaptureError("damaged jpg: no marker")
        marker = data[at + 1]
        if marker == 0xFF:  # fill
            at += 1
            continue
        if marker == 0xDA:
            end = data.rfind(b"\xff\xd9")
            yield marker, data[at : end + 2 if end > at else len(data)]
            return
        (length,) = struct.unpack(">H", data[at + 2 : at + 4])
        if at + 2 + length > len(data):
            raise CaptureError("damaged jpg: cut short")
        yield marker, data[at : at + 2 + length]
        at += 2 + length


def _webp(data: bytes) -> bytes:
    out, at = [], 12
    while at + 8 <= len(data):
        name, (length,) = data[at : at + 4], struct.unpack("<I", data[at + 4 : at + 8])
        end = at + 8 + length + length % 2
        if at + 8 + length > len(data):
            raise CaptureError("damaged webp: cut short")
        chunk = data[at:end]
        if name == b"VP8X":  # says which parts follow: no longer these
            chunk = chunk[:8] + bytes([chunk[8] & ~0x0C]) + chunk[9:]
        if name not in (b"EXIF", b"XMP "):
            out.append(chunk)
        at = end
    body = b"WEBP" + b"".join(out)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _pdf(data: bytes) -> bytes:
    """Without document information, XMP of any object, editors' private data, and metadata inside JPEG pictures."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if "/Info" in pdf.trailer:
                del pdf.trailer["/Info"]
            for thing in pdf.objects:
                _clean(thing)
            out = io.BytesIO()
            pdf.save(out, deterministic_id=True)
    except pikepdf.PdfError as error:
        raise CaptureError(f"damaged pdf: {error}") from None
    return out.getvalue()


def _clean(thing: Any) -> None:
    import pikepdf

    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return
    for key in ("/Metadata", "/PieceInfo", "/LastModified"):
        if key in thing:
            del thing[key]
    if isinstance(thing, pikepdf.Stream) and thing.get("/Filter") == pikepdf.Name.DCTDecode:
        thing.write(_jpeg(thing.read_raw_bytes()), filter=pikepdf.Name.DCTDecode)


def _html(data: bytes) -> bytes:
    return _META.sub(b"", data)
