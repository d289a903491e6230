import pytest
from pages import page

from crawler.extraction.decoding import decode

TEXT = "<html><head>{meta}</head><body><p>Müller kauft Äpfel, Öl und Brötchen in Köln – für 3 €.</p></body></html>"


@pytest.mark.parametrize(
    ("encoding", "meta", "header", "bom"),
    [
        ("utf-8", "", "text/html; charset=utf-8", b""),
        ("cp1252", "", "text/html; charset=windows-1252", b""),
        ("cp1252", "", "text/html; charset=iso-8859-1", b""),
        ("cp1252", "<meta charset=iso-8859-1>", "text/html", b""),
        ("utf-8", "<meta charset=utf-8>", "text/html", b""),
        ("utf-16-le", "", "text/html", b"\xff\xfe"),
        ("utf-8", "", "text/html; charset=iso-8859-1", b"\xef\xbb\xbf"),
        ("utf-8", "", "text/html", b""),
        ("utf-8", "", "text/html; charset=iso-8859-1", b""),
        ("cp1252", "<meta charset=windows-1252>", "text/html; charset=utf-8", b""),
        ("cp1252", "", "text/html; charset=no-such-thing", b""),
    ],
)
def test_the_same_words_whatever_the_route(encoding: str, meta: str, header: str, bom: bytes) -> None:
    text = TEXT.format(meta=meta)
    assert decode(page(bom + text.encode(encoding), kind=header))[0] == text


def test_japanese_is_detected_or_declared() -> None:
    text = "<meta charset=shift_jis><p>新しい橋が開通した。市長は喜んでいる。</p>"
    assert decode(page(text.encode("shift_jis"), kind="text/html"))[0] == text


@pytest.mark.parametrize("payload", [b"", b"\xff", b"\x00" * 50, bytes(range(256))])
def test_anything_decodes_to_something(payload: bytes) -> None:
    assert isinstance(decode(page(payload, kind="text/html"))[0], str)
