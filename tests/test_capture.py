"""Captures: what tells where and by whom is gone, what was captured is the same, and nothing else in a file changes."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageOps, PngImagePlugin

from scoring.capture import CaptureError, kind_of, stripped
from scoring.cli import main
from scoring.source.dataset import read_dataset

SECRET = b"SECRET-PLACE"
BODY = "qa-ministry-of-tides"
SMALL = Path(__file__).parent / "fixtures" / "small"


def picture() -> Image.Image:
    image = Image.new("RGB", (16, 16))
    image.putdata([(x * 16, y * 16, (x * y) % 256) for y in range(16) for x in range(16)])
    return image


def exif() -> Image.Exif:
    """With a place and a person."""
    tags = Image.Exif()
    tags[0x013B] = SECRET.decode()
    tags.get_ifd(0x8825).update({1: "N", 2: (25.0, 17.0, 1.0), 29: SECRET.decode()})
    return tags


def png() -> bytes:
    text, out = PngImagePlugin.PngInfo(), io.BytesIO()
    text.add_text("Location", SECRET.decode())
    text.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    picture().save(out, "png", pnginfo=text, exif=exif())
    return out.getvalue() + SECRET


def saved(format: str) -> bytes:
    out = io.BytesIO()
    picture().save(out, format, exif=exif(), **({"comment": SECRET} if format == "jpeg" else {"xmp": SECRET}))
    return out.getvalue()


def pdf() -> bytes:
    """A page with a JPEG that carries a place, document information and XMP."""
    document, out = pikepdf.new(), io.BytesIO()
    document.add_blank_page(page_size=(100, 100))
    image = pikepdf.Stream(document, saved("jpeg"))
    image.stream_dict.update(
        {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": 16, "/Height": 16}
    )
    image.stream_dict.update({"/ColorSpace": pikepdf.Name.DeviceRGB, "/BitsPerComponent": 8})
    image.stream_dict["/Filter"] = pikepdf.Name.DCTDecode
    page = document.pages[0]
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
    page.Contents = pikepdf.Stream(document, b"q 100 0 0 100 0 0 cm /Im0 Do Q")
    with document.open_metadata() as xmp:
        xmp["dc:creator"] = [SECRET.decode()]
    document.docinfo["/Author"] = SECRET.decode()
    document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    return out.getvalue()


PAGE = b"<!doctype html><html><head><meta name='geo.position' content='SECRET-PLACE'></head><body>B</body></html>"
MADE: dict[str, Callable[[], bytes]] = {
    "png": png, "jpg": lambda: saved("jpeg"), "webp": lambda: saved("webp"), "pdf": pdf, "html": lambda: PAGE,
}  # fmt: skip


@pytest.mark.parametrize("kind", MADE)
def test_place_and_person_are_gone(kind: str) -> None:
    data = MADE[kind]()
    assert SECRET in data and kind_of(data) == kind
    clean = stripped(data, kind)
    assert SECRET not in clean and kind_of(clean) == kind
    assert stripped(data, kind) == clean, "the same bytes every time"
    assert kind == "pdf" or stripped(clean, kind) == clean, "cleaning twice changes nothing"


@pytest.mark.parametrize("kind", ["png", "jpg", "webp"])
def test_pixels_stay_and_tags_do_not(kind: str) -> None:
    before, after = (Image.open(io.BytesIO(d)) for d in (MADE[kind](), stripped(MADE[kind](), kind)))
    assert before.tobytes() == after.tobytes()
    assert len(before.getexif()) and not len(after.getexif())


def test_a_printed_page_stays_and_the_picture_in_it_is_cleaned() -> None:
    clean = pikepdf.open(io.BytesIO(stripped(pdf(), "pdf")))
    assert "/Info" not in clean.trailer and "/Metadata" not in clean.Root
    image = pikepdf.PdfImage(clean.pages[0].Resources.XObject.Im0)
    assert image.as_pil_image().tobytes() == Image.open(io.BytesIO(saved("jpeg"))).tobytes()


@pytest.mark.parametrize("kind", ["png", "jpg", "pdf"])
def test_what_is_cut_short_is_refused(kind: str) -> None:
    with pytest.raises(CaptureError):
        stripped(MADE[kind]()[:40], kind)


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body


def between_scans() -> bytes:
    """A progressive picture with a place between two of its scans, where few look for one."""
    out = io.BytesIO()
    picture().resize((64, 64)).save(out, "jpeg", progressive=True)
    data = out.getvalue()
    first = data.index(b"\xff\xda") + 2
    at = min(found for marker in (b"\xff\xc4", b"\xff\xda") if (found := data.find(marker, first)) > 0)
    return data[:at] + segment(0xE1, b"Exif\0\0" + SECRET) + data[at:]


HIDDEN: dict[str, Callable[[], bytes]] = {
    "a second picture": lambda: saved("jpeg") * 2,
    "a thumbnail's extension": lambda: saved("jpeg")[:2] + segment(0xE0, b"JFXX\0" + SECRET) + saved("jpeg")[2:],
    "a segment called Adobe's": lambda: saved("jpeg")[:2] + segment(0xEE, SECRET) + saved("jpeg")[2:],
    "between scans": between_scans,
    "behind a WebP": lambda: saved("webp") + SECRET,
}


@pytest.mark.parametrize("where", HIDDEN)
def test_nothing_hides_in_a_picture(where: str) -> None:
    data = HIDDEN[where]()
    clean = stripped(data, kind_of(data) or "")
    assert SECRET in data and SECRET not in clean
    assert Image.open(io.BytesIO(clean)).tobytes() == Image.open(io.BytesIO(data)).tobytes()


def drawn(filters: list[str], data: bytes, **more: object) -> bytes:
    """A PDF with one picture, and metadata in a dictionary that is written inside another."""
    document, out = pikepdf.new(), io.BytesIO()
    document.add_blank_page(page_size=(100, 100))
    image = pikepdf.Stream(document, data)
    image.stream_dict.update({"/Subtype": pikepdf.Name.Image, "/Width": 16, "/Height": 16, "/BitsPerComponent": 8})
    image.stream_dict["/ColorSpace"] = pikepdf.Name.DeviceRGB
    image.Filter = pikepdf.Array([pikepdf.Name(name) for name in filters])
    image.DecodeParms = pikepdf.Array([pikepdf.Dictionary() for _ in filters])
    xmp = document.make_indirect(pikepdf.Stream(document, SECRET))
    document.pages[0].Resources = pikepdf.Dictionary(
        XObject=pikepdf.Dictionary(Metadata=image), Properties=pikepdf.Dictionary(P=pikepdf.Dictionary(Metadata=xmp))
    )
    document.save(out, **more)  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize("packed", [False, True])
def test_nothing_hides_in_a_pdf(packed: bool) -> None:
    photograph = saved("jpeg")
    filters = ["/FlateDecode", "/DCTDecode"] if packed else ["/DCTDecode"]
    clean = stripped(drawn(filters, zlib.compress(photograph) if packed else photograph), "pdf")
    assert stripped(clean, "pdf") == clean
    with pikepdf.open(io.BytesIO(clean)) as document:
        streams = [one for one in document.objects if isinstance(one, pikepdf.Stream)]
        assert not any(SECRET in one.read_raw_bytes() for one in streams)
        image = pikepdf.PdfImage(document.pages[0].Resources.XObject.Metadata).as_pil_image()
    assert image.tobytes() == Image.open(io.BytesIO(photograph)).tobytes()


def test_a_locked_pdf_is_refused() -> None:
    locked = drawn(["/DCTDecode"], saved("jpeg"), encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(CaptureError, match="without a password"):
        stripped(locked, "pdf")


@pytest.mark.parametrize(
    "meta",
    ["content='SECRET-PLACE' name=geo.position", "content='a>SECRET-PLACE' name=ICBM", "name='DC.coverage.spatial' "
     "content='SECRET-PLACE'", "name='geo&#46;placename' content='SECRET-PLACE'",
     "property='og:latitude' content='SECRET-PLACE'", "name=' author-location ' content='SECRET-PLACE'"],
)  # fmt: skip
def test_a_page_tells_no_place(meta: str) -> None:
    page = "<!doctype html><head><meta charset=utf-8><meta {}><title>ب</title></head>"
    assert stripped(page.format(meta).encode(), "html") == page.replace("<meta {}>", "").encode()


def test_kinds_are_not_guessed() -> None:
    assert kind_of(gzip.compress(b"WARC/1.1\r\n")) == "warc.gz"
    assert kind_of(gzip.compress(b"a table")) is None and kind_of(b"a text about <html>") is None
    assert kind_of(b"<!doctype html><p>%PDF-") == "html"


def test_archives_stay_as_they_are_and_the_unknown_is_unknown() -> None:
    assert kind_of(b"WARC/1.1\r\nWARC-Type: warcinfo") == "warc"
    assert stripped(b"WARC/1.1\r\nx", "warc") == b"WARC/1.1\r\nx"
    assert kind_of(b"GIF89a") is None and kind_of(b"") is None


EVIDENCE = """# A comment that stays.
- id: {body}.one   # and this one
  code: other_findings
  finding: {{en: Fictional}}
  source: {{url: "https://tides.example/p", language: en, kind: own_page, read: full}}
  observed: 2026-11-20
  strength: C

# Between the two.
- strength: C
  id: {body}.two
  code: other_findings
  finding:
    en: >-
      Fictional, over
      two lines
  source: {{url: "https://tides.example/p", language: en, kind: own_page, read: full}}
  observed: 2026-11-20
# The end."""


@pytest.fixture(params=["\n", "\r\n"])
def data(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    (folder / f"agencies/qa/{BODY}").mkdir(parents=True)
    for name in ("methodology.yml", "vocabulary.yml", "peer_groups.yml"):
        (folder / name).write_bytes((SMALL.parents[2] / "data" / name).read_bytes())
    profile = f"id: {BODY}\nname: {{en: Ministry of Tides}}\ncountry: QA\nlevel: national\nsector: environment\n"
    (folder / f"agencies/qa/{BODY}/profile.yml").write_text(profile, encoding="utf-8")
    text = EVIDENCE.format(body=BODY).replace("\n", request.param)
    (folder / f"agencies/qa/{BODY}/evidence.yml").write_bytes(text.encode())
    return folder


def run(data: Path, item: str, name: str = "shot.png", **options: str) -> int:
    shot = data.parent / name
    if not shot.exists():
        shot.write_bytes(png())
        os.utime(shot, (1763500000, 1763500000))
    given = [part for key, value in options.items() for part in (f"--{key.replace('_', '-')}", value)]
    return main(["capture", str(shot), "--item", f"{BODY}.{item}", "--data", str(data), *given])


def evidence(data: Path) -> Path:
    return data / f"agencies/qa/{BODY}/evidence.yml"


@pytest.mark.parametrize(("item", "after"), [("one", "strength: C"), ("two", "observed: 2026-11-20")])
def test_only_the_lines_of_the_item_change(data: Path, item: str, after: str) -> None:
    before = evidence(data).read_bytes().decode().splitlines(keepends=True)
    assert run(data, item, archived="https://archive.example/1") == 0
    rows = evidence(data).read_bytes().decode().splitlines(keepends=True)
    keys = ("  archived:", "  sha256:", "  captured_at:", "  method:")
    made = [n for n, row in enumerate(rows) if row.startswith(keys)]
    assert made == list(range(made[0], made[0] + 4)) and rows[made[0] - 1].strip().startswith(after)
    assert [row for row in rows if not row.startswith(keys)] == before
    assert {row[-2:] == "\r\n" for row in rows[:-1]} == {before[0].endswith("\r\n")}
    assert main(["check", "--data", str(data), "--evidence", "--today", "2026-11-23"]) == 0


def test_capturing_again_changes_nothing_and_a_new_one_replaces(data: Path) -> None:
    run(data, "one")
    first = evidence(data).read_bytes()
    assert run(data, "one") == 0 and evidence(data).read_bytes() == first
    (data.parent / "print.pdf").write_bytes(pdf())
    assert run(data, "one", name="print.pdf", captured_at="2026-11-20T10:00+03:00") == 0
    text = evidence(data).read_text(encoding="utf-8")
    assert text.count("sha256:") == 1 and "method: pdf" in text and "captured_at: 2026-11-20T10:00+03:00" in text
    captures = data.parent / "captures"
    assert sorted(p.name for p in captures.iterdir()) == ["older", f"{BODY}.one.pdf"]
    older = next((captures / "older").iterdir())
    assert older.name == f"{BODY}.one.{hashlib.sha256(older.read_bytes()).hexdigest()[:12]}.png", "nothing kept is lost"


def test_the_recorded_moment_stays_with_the_same_bytes(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(data, "one", captured_at="2025-11-18T10:00+03:00", archived="https://archive.example/1")
    first = evidence(data).read_bytes()
    os.utime(data.parent / "shot.png", (1764000000, 1764000000))
    assert run(data, "one") == 0 and evidence(data).read_bytes() == first
    (data.parent / "shot.png").unlink()
    run(data, "two")
    assert "when the file was last changed (else give --captured-at)" in capsys.readouterr().out


def test_a_kept_copy_can_be_given_again(data: Path) -> None:
    (data.parent / "print.pdf").write_bytes(pdf())
    run(data, "one", name="print.pdf")
    first = evidence(data).read_bytes()
    assert run(data, "one", name=f"captures/{BODY}.one.pdf") == 0 and evidence(data).read_bytes() == first
    assert [p.name for p in (data.parent / "captures").iterdir()] == [f"{BODY}.one.pdf"]


@pytest.mark.parametrize("kind", ["warc", "warc.gz"])
def test_who_keeps_a_web_archive_is_told_what_is_in_it(
    data: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    records = (
        b"WARC/1.1\r\nWARC-Type: warcinfo\r\n\r\noperator: Somebody\r\n\r\n",
        b"WARC/1.1\r\nWARC-IP-Address: 1.2.3.4\r\n",
    )
    packed = b"".join(gzip.compress(one, mtime=0) for one in records) if kind == "warc.gz" else b"".join(records)
    (data.parent / "page").write_bytes(packed)
    assert run(data, "one", name="page") == 0
    said = capsys.readouterr().out
    assert "WARC-IP-Address" in said and "machine or person" in said and "cookies" not in said and "تنبيه" in said
    assert (data.parent / "captures" / f"{BODY}.one.{kind}").read_bytes() == packed


def test_a_photograph_keeps_the_way_it_is_turned_and_nothing_else() -> None:
    tags, out = exif(), io.BytesIO()
    tags[0x0112] = 6
    picture().resize((40, 20)).save(out, "jpeg", exif=tags)
    clean = stripped(out.getvalue(), "jpg")
    before, after = (Image.open(io.BytesIO(d)) for d in (out.getvalue(), clean))
    assert SECRET not in clean and dict(after.getexif()) == {0x0112: 6} and stripped(clean, "jpg") == clean
    assert ImageOps.exif_transpose(before).tobytes() == ImageOps.exif_transpose(after).tobytes()


def test_tampering_is_found_and_absence_is_no_fault(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(data, "one")
    run(data, "two")
    kept = data.parent / "captures" / f"{BODY}.one.png"
    kept.write_bytes(kept.read_bytes()[:-1] + b"x")
    (data.parent / "captures" / f"{BODY}.two.png").unlink()
    capsys.readouterr()
    assert main(["check", "--data", str(data), "--evidence", "--today", "2026-11-23"]) == 1
    said = capsys.readouterr()
    assert "E397-capture-differs" in said.out and "0 agree, 1 differ, 1 are not in" in said.err
    assert main(["check", "--data", str(data), "--today", "2026-11-23"]) == 0, "only where asked for"


def test_what_cannot_be_captured_is_told(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data, "on") == 2
    assert f"did you mean {BODY}.one" in capsys.readouterr().err
    (data.parent / "x.bin").write_bytes(b"nothing")
    assert run(data, "one", name="x.bin") == 2
    said = capsys.readouterr().err
    assert "told by its content" in said and "يجب أن يكون" in said
    before = evidence(data).read_bytes()
    assert run(data, "one", archived="http://localhost/copy") == 2
    with pytest.raises(SystemExit):
        run(data, "one", captured_at="2026-02-30T10:00Z")
    (data.parent / "cut.png").write_bytes(png()[:40])
    assert run(data, "one", name="cut.png") == 2 and evidence(data).read_bytes() == before


def test_the_evidence_knows_what_was_kept(data: Path) -> None:
    run(data, "one")
    dataset = read_dataset(data).dataset
    assert dataset is not None
    item = dataset.agencies[BODY].evidence[0]
    assert (item.method, item.captured_at) == ("image", "2025-11-18T21:06Z") and item.sha256
