"""Words that pictures carry in themselves, written here byte by byte."""

import json
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.picture_words import PictureWords
from crawler.cli import main
from crawler.extraction.credits.embedded import embedded_credits, read_embedded

XMP = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
    ' xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" photoshop:Credit="AFP via Getty Images"'
    ' xmpRights:WebStatement="https://pictures.example/licence">'
    "<dc:creator><rdf:Seq><rdf:li>JANE DOE</rdf:li><rdf:li>Łukasz Wzór</rdf:li></rdf:Seq></dc:creator>"
    '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© 2021 The Associated Press</rdf:li></rdf:Alt></dc:rights>'
    "<xmpRights:UsageTerms><rdf:Alt><rdf:li>Editorial use only</rdf:li></rdf:Alt></xmpRights:UsageTerms>"
    "</rdf:Description></rdf:RDF></x:xmpmeta>"
).encode()


def segment(marker: int, block: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(block) + 2) + block


def jpeg(*segments: bytes) -> bytes:
    return b"\xff\xd8" + b"".join(segments) + segment(0xDA, b"\0" * 8) + b"\x12\x34\xff\xd9"


def iptc(*fields: tuple[int, int, bytes]) -> bytes:
    record = b"".join(b"\x1c" + struct.pack(">BBH", a, b, len(value)) + value for a, b, value in fields)
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record + b"\0" * (len(record) % 2)
    other = b"8BIM\x03\xed\x05thumb" + struct.pack(">I", 3) + b"abc\0"
    return segment(0xED, b"Photoshop 3.0\0" + other + resource)


def exif(artist: bytes, order: str = "<") -> bytes:
    head = {"<": b"II*\0", ">": b"MM\0*"}[order] + struct.pack(order + "I", 8)
    entry = struct.pack(order + "HHHII", 1, 0x013B, 2, len(artist), 26)
    return segment(0xE1, b"Exif\0\0" + head + entry + struct.pack(order + "I", 0) + artist)


def who(payload: bytes) -> list[tuple[str, str, str]]:
    return [(c.kind, c.role, c.agency or c.name) for c in embedded_credits(read_embedded(payload))]


def test_iptc_fields_are_read_and_credited():
    payload = jpeg(
        segment(0xE0, b"JFIF\0"),
        iptc(
            (1, 90, b"\x1b%G"),
            (2, 80, "Jörg Beispiel".encode()),
            (2, 110, b"dpa"),
            (2, 115, b"picture alliance"),
        ),
    )

    assert read_embedded(payload) == PictureWords(
        creators=("Jörg Beispiel",), credit="dpa", source="picture alliance"
    )
    assert who(payload) == [("person", "photo", "Jörg Beispiel"), ("agency", "photo", "DPA")]
    assert {c.found_in for c in embedded_credits(read_embedded(payload))} == {"iptc"}


def test_old_iptc_is_in_windows_letters():
    assert read_embedded(jpeg(iptc((2, 80, b"J\xf6rg Beispiel")))).creators == ("Jörg Beispiel",)


def test_xmp_is_believed_before_iptc_and_exif():
    payload = jpeg(
        exif(b"Somebody Else\0"),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP),
        iptc((2, 80, b"Somebody Old")),
    )

    words = read_embedded(payload)
    assert words.creators == ("JANE DOE", "Łukasz Wzór")
    assert (words.usage_terms, words.licence) == ("Editorial use only", "https://pictures.example/licence")
    assert who(payload) == [
        ("person", "photo", "Jane Doe"),
        ("person", "photo", "Łukasz Wzór"),
        ("agency", "photo", "AFP"),
        ("agency", "photo", "GETTY"),
        ("agency", "copyright", "AP"),
    ]


@pytest.mark.parametrize("order", ["<", ">"])
def test_exif_names_the_artist(order):
    assert who(jpeg(exif(b"Jane Doe\0", order))) == [("person", "photo", "Jane Doe")]


def test_png_and_webp_carry_xmp_too():
    words = b"XML:com.adobe.xmp\0\x01\0\0\0" + zlib.compress(XMP)
    png = (
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(words)) + b"iTXt" + words + b"\0\0\0\0" + b"\0\0\0\0IEND"
    )
    webp = b"RIFF\0\0\0\0WEBP" + b"VP8X\x03\0\0\0abc\0" + b"XMP " + struct.pack("<I", len(XMP)) + XMP

    assert (
        read_embedded(png)
        == read_embedded(webp)
        == read_embedded(jpeg(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP)))
    )


@pytest.mark.parametrize(
    "payload", [b"", b"\xff\xd8", b"GIF89a", jpeg(), jpeg(iptc()), jpeg(iptc((2, 80, b"  ")))]
)
def test_a_picture_without_words_says_nothing(payload):
    assert read_embedded(payload) is None


FULL = jpeg(
    exif(b"Jane Doe\0"),
    segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP),
    iptc((2, 80, b"Jane"), (2, 110, b"AP")),
)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(FULL)), st.binary(max_size=6), st.integers(0, len(FULL)))
def test_damage_never_raises(place, junk, cut):
    words = read_embedded((FULL[:place] + junk + FULL[place + len(junk) :])[:cut])

    assert words is None or embedded_credits(words) is not None


def test_entities_of_a_packet_are_not_expanded():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>' + XMP.replace(
        b"JANE DOE", b"&b;"
    )

    words = read_embedded(jpeg(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + bomb)))
    assert words is None or "aaaa" not in " ".join(words.creators)


def test_extract_reads_a_picture(tmp_path, capsys):
    file = tmp_path / "lead.jpg"
    file.write_bytes(jpeg(iptc((2, 80, b"Jane Doe"), (2, 110, b"AP"))))

    assert main(["extract", "--json", str(file)]) == 0

    said = json.loads(capsys.readouterr().out)
    assert said["picture"]["creators"] == ["Jane Doe"]
    assert [(c["name"], c["role"], c["found_in"], c["raw"]) for c in said["credits"]] == [
        ("Jane Doe", "photo", "iptc", "Jane Doe"),
        ("The Associated Press", "photo", "iptc", "AP"),
    ]


@pytest.mark.parametrize(
    "creator", [b"Canon EOS 5D", b"admin", b"n/a", b"Microsoft Office User", b"HP", b"xy"]
)
def test_what_cameras_and_offices_write_credits_nobody(creator):
    words = read_embedded(jpeg(iptc((2, 80, creator), (2, 110, b"AP"))))

    assert [credit.agency for credit in embedded_credits(words)] == ["AP"]


def test_dates_and_headlines_are_read_in_every_form():
    old = read_embedded(
        jpeg(iptc((2, 55, b"20151229"), (2, 60, b"143000+0100"), (2, 105, b"Storm"), (2, 110, b"AFP")))
    )
    taken = read_embedded(jpeg(exif(b"Jane Doe\0")))

    assert (old.created, old.headline) == ("2015-12-29T14:30:00+01:00", "Storm")
    assert taken.created == ""
