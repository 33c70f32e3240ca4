"""A capture of a source, without what tells where or by whom it was made. Bytes in, bytes out; no file is touched here.

Pixels, pages and text stay as they are: pictures lose only the parts beside the image data.
"""

from __future__ import annotations

import html
import re
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from scoring.orientation import orientation, oriented

if TYPE_CHECKING:
    import pikepdf

Method = Literal["pdf", "image", "warc", "html"]
METHODS: dict[str, Method] = {
    "pdf": "pdf", "png": "image", "jpg": "image", "webp": "image", "warc": "warc", "warc.gz": "warc", "html": "html",
}  # fmt: skip


class CaptureError(ValueError):
    """A capture that cannot be kept, and why, in English and Arabic."""

    def __init__(self, en: str, ar: str) -> None:
        super().__init__(en)
        self.en, self.ar = en, ar


def kind_of(data: bytes) -> str | None:
    """What a capture is, told by its bytes and not by its name: a key of METHODS; None where it is nothing we know."""
    return next((kind for kind, (is_one, _) in _KINDS.items() if is_one(data)), None)


def stripped(data: bytes, kind: str) -> bytes:
    """The capture without metadata of place, device and person. Raises CaptureError where it is damaged."""
    return _KINDS[kind][1](data)


def _damaged(kind: str) -> CaptureError:
    return CaptureError(
        f"the {kind} is damaged or incomplete: capture the page again",
        f"ملف {kind} تالف أو ناقص: احفظ الصفحة من جديد",
    )


# --- PNG --------------------------------------------------------------------------------------------------

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP pHYs acTL fcTL fdAT".split())


def _png(data: bytes) -> bytes:
    return _PNG + b"".join(chunk for name, chunk in _png_chunks(data) if name in _PNG_KEPT)


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, name = len(_PNG), b""
    while name != b"IEND":
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        name = data[at + 4 : at + 8]
        if end > len(data) or len(name) < 4:
            raise _damaged("PNG")
        yield name, data[at:end]
        at = end


# --- JPEG -------------------------------------------------------------------------------------------------

_SOI, _EOI, _SOS, _COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
_ALONE = frozenset((0x01, *range(0xD0, 0xD8)))  # markers without a length
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")  # inside a scan, anything else is picture


def _jpeg(data: bytes) -> bytes:
    kept, at = [data[:2]], 2
    while True:
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        if data[at : at + 1] != b"\xff" or at + 2 > len(data):
            raise _damaged("JPEG")
        marker = data[at + 1]
        if marker == _EOI:
            return b"".join([*kept, data[at : at + 2]])
        if marker in _ALONE:
            kept.append(data[at : at + 2])
            at += 2
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if end > len(data) or end < at + 4 or marker == _SOI:
            raise _damaged("JPEG")
        if marker == _SOS:
            found = _NEXT_MARKER.search(data, end)
            if found is None:  # the end is missing, as in many a file that every viewer shows
                return b"".join([*kept, data[at:]])
            end = found.start()
        kept.append(_segment(marker, data[at:end]))
        at = end


def _segment(marker: int, segment: bytes) -> bytes:
    """The segment, or of it what may stay."""
    body = segment[4:]
    if marker == 0xE0:  # JFIF may hold a small picture of its own, of before the edit
        is_jfif = body.startswith(b"JFIF\0") and len(body) >= 14
        return b"\xff\xe0\x00\x10" + body[:12] + b"\0\0" if is_jfif else b""
    if marker == 0xE1:
        turned = orientation(body[6:]) if body.startswith(b"Exif\0\0") else 1
        own = b"Exif\0\0" + oriented(turned)
        return b"\xff\xe1" + (len(own) + 2).to_bytes(2, "big") + own if turned > 1 else b""
    if marker == 0xE2:
        return segment if body.startswith(b"ICC_PROFILE\0") else b""
    if marker == 0xEE:
        return segment if body.startswith(b"Adobe") else b""
    return b"" if 0xE0 <= marker <= 0xEF or marker == _COMMENT else segment


# --- WebP -------------------------------------------------------------------------------------------------

_WEBP_KEPT = frozenset((b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_HAS_EXIF_OR_XMP = 0x08 | 0x04


def _webp(data: bytes) -> bytes:
    kept = []
    for name, chunk in _webp_chunks(data):
        if name == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~_HAS_EXIF_OR_XMP]) + chunk[9:]
        if name in _WEBP_KEPT:
            kept.append(chunk)
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _webp_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, whole = 12, 8 + int.from_bytes(data[4:8], "little")
    if whole > len(data) + 1:
        raise _damaged("WebP")
    while at + 8 <= min(whole, len(data)):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + 8 + size
        if end > len(data) or (data[at : at + 4] == b"VP8X" and size < 10):
            raise _damaged("WebP")
        yield data[at : at + 4], data[at:end] + b"\0" * (size % 2)
        at = end + size % 2


# --- PDF --------------------------------------------------------------------------------------------------


def _pdf(data: bytes) -> bytes:
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            for key in ("/Info", "/ID"):
                if key in pdf.trailer:
                    del pdf.trailer[key]
            for one in pdf.objects:
                _bare(one)
                if isinstance(one, pikepdf.Stream):
                    _picture(pdf, one)
            cleaned = BytesIO()
            pdf.save(cleaned, deterministic_id=True)
    except pikepdf.PasswordError:
        raise CaptureError("the PDF must open without a password", "يجب أن يُفتح ملف PDF من دون كلمة مرور") from None
    except (pikepdf.PdfError, zlib.error):
        raise _damaged("PDF") from None
    return cleaned.getvalue()


def _bare(one: object) -> None:
    """Take metadata and an application's private data off an object, and off whatever is written inside it."""
    import pikepdf

    inside = [one]
    while inside:
        each = inside.pop()
        if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            for key in ("/Metadata", "/PieceInfo", "/LastModified"):
                if key in each and not _is_drawn(each[key]):
                    del each[key]
            children = [value for _, value in each.items()]
        elif isinstance(each, pikepdf.Array):
            children = list(each)
        else:
            continue
        inside += [child for child in children if isinstance(child, pikepdf.Object) and not child.is_indirect]


def _is_drawn(one: object) -> bool:
    """A picture or form, which may bear any name in a page's list of what it draws."""
    import pikepdf

    return isinstance(one, pikepdf.Stream) and one.get("/Subtype") in ("/Image", "/Form")


def _picture(pdf: pikepdf.Pdf, stream: pikepdf.Stream) -> None:
    """A photograph inside a PDF is a JPEG file with all that a camera wrote into it."""
    import pikepdf

    filters = stream.get("/Filter")
    names = list(filters) if isinstance(filters, pikepdf.Array) else [filters]
    if names[-1] != "/DCTDecode":
        return
    parameters = stream.get("/DecodeParms")
    given = list(parameters) if isinstance(parameters, pikepdf.Array) else [parameters]
    photograph = stream.read_raw_bytes()
    if len(names) > 1:
        wrapped = pikepdf.Stream(pdf, photograph)
        wrapped.Filter = pikepdf.Array(names[:-1])
        if len(given) == len(names):
            wrapped.DecodeParms = pikepdf.Array(given[:-1])
        photograph = wrapped.read_bytes()
    own = given[-1] if len(given) == len(names) else None
    kept = own if isinstance(own, pikepdf.Dictionary) else None
    stream.write(_jpeg(photograph), filter=pikepdf.Name.DCTDecode, decode_parms=kept)


# --- HTML and web archives --------------------------------------------------------------------------------

_IN_FRONT = r"(?:\ufeff|\xef\xbb\xbf|\s|<!--.*?-->|<\?xml.*?\?>)*"
_HTML = re.compile(_IN_FRONT + r"<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_META = re.compile(r"""<meta\b(?:[^>"']|"[^"]*"|'[^']*')*+>""", re.I)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_LOCATION = re.compile(
    r"geo\..*|icbm|author|dc\.(?:coverage|creator).*|dcterms\.(?:coverage|spatial).*|(?:og|place:location|business:contact_data):"
    r"(?:latitude|longitude)|(?:author|creator|byline)[-_.:\s]*(?:geo|location|place|city|region|country|address).*",
    re.I,
)


def _html(data: bytes) -> bytes:
    """Latin-1 stands for any encoding that writes markup as ASCII does: every byte comes back."""
    text = data.decode("latin-1")
    return _META.sub(lambda found: "" if _tells_a_place(found[0]) else found[0], text).encode("latin-1")


def _tells_a_place(meta: str) -> bool:
    for found in _ATTRIBUTE.finditer(meta):
        value = html.unescape(found[2] or found[3] or found[4] or "").strip()
        if found[1].lower() in ("name", "property", "itemprop") and _LOCATION.fullmatch(value):
            return True
    return False


def _is_html(data: bytes) -> bool:
    return bool(_HTML.match(data[:65536].decode("latin-1")))


def _is_packed_warc(data: bytes) -> bool:
    if not data.startswith(b"\x1f\x8b"):
        return False
    try:
        return zlib.decompressobj(31).decompress(data[:65536], 5) == b"WARC/"
    except zlib.error:
        return False


_KINDS: dict[str, tuple[Callable[[bytes], bool], Callable[[bytes], bytes]]] = {
    "png": (lambda data: data.startswith(_PNG), _png),
    "jpg": (lambda data: data.startswith(b"\xff\xd8\xff"), _jpeg),
    "webp": (lambda data: data.startswith(b"RIFF") and data[8:12] == b"WEBP", _webp),
    "warc": (lambda data: data.startswith(b"WARC/"), bytes),
    "warc.gz": (_is_packed_warc, bytes),
    "html": (_is_html, _html),
    "pdf": (lambda data: b"%PDF-" in data[:1024], _pdf),
}
