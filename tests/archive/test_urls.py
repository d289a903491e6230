import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.urls import canonical, resolve, surt_key, tidy

ODD_URLS = st.one_of(
    st.text(),
    st.text().map("http://".__add__),
    st.lists(st.sampled_from(["http://", "a", ".", "/", "..", "?", "#", "[", "]", "%", "@", ":", "&", "=", "ü", " ", "%2F", "<"]))
    .map("".join),
)  # fmt: skip


# What the package surt 0.3.1 (pip) says of the same URLs.
@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://www.example.com/Goo/?b=1&a=2", "com,example)/goo?a=2&b=1"),
        ("https://u:p@www2.Example.com:8080/a/../b//c/", "com,example:8080)/b/c"),
        ("https://x.org:443/", "org,x)/"),
        ("http://x.org/?", "org,x)/"),
        ("http://bücher.de/ä b?q=ü", "de,xn--bcher-kva)/%c3%a4%20b?q=%c3%bc"),
        ("http://x.org/%2525%2b+?a=%26&b=%3d#frag", "org,x)/%25++?&a=&b=="),
        ("http://x.org/a%2fb?PHPSESSID=0123456789abcdef0123456789abcdef&x=1", "org,x)/a/b?x=1"),
        ("http://x.org/a;b=1?CFID=12&CFTOKEN=33&z=1", "org,x)/a;b=1?z=1"),
        ("http://x.org/a?b&&a=&c", "org,x)/a?&a=&b&c"),
        ("http://x.org/?a=1&a=0&b", "org,x)/?a=0&a=1&b"),
        ("http://[::1]:80/a", "::1)/a"),
        ("http://1.2.3.4/x", "4,3,2,1)/x"),
        ("mailto:a@b", "mailto:a@b"),
        ("dns:archive.org", "dns:archive.org"),
    ],
)
def test_surt_key_is_that_of_the_surt_package(url, key):
    assert surt_key(url) == key


@pytest.mark.parametrize(
    ("url", "identity"),
    [
        ("HTTP://Example.COM:80/News/", "http://example.com/News"),
        ("https://example.com", "https://example.com/"),
        ("https://example.com:8443/a/", "https://example.com:8443/a"),
        ("https://me:secret@example.com/a", "https://example.com/a"),
        ("https://example.com/a?utm_source=x&UTM_Medium=y&fbclid=1&gclid=2#top", "https://example.com/a"),
        ("https://example.com/a?id=7&page=2&at_medium=x", "https://example.com/a?id=7&page=2"),
        ("https://example.com/a?page=2&id=7", "https://example.com/a?id=7&page=2"),
        ("https://example.com/a?ref=7", "https://example.com/a?ref=7"),
        ("https://example.com/a/./b/../c", "https://example.com/a/c"),
        ("https://example.com/%7euser/%c3%bc", "https://example.com/~user/%C3%BC"),
        ("https://example.com/ü b", "https://example.com/%C3%BC%20b"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ("https://example.com/100%", "https://example.com/100%25"),
        ("urn:uuid:1", "urn:uuid:1"),
    ],
)
def test_canonical_is_the_identity_of_an_article(url, identity):
    assert canonical(url) == identity


@given(ODD_URLS)
def test_odd_urls_never_raise_and_stay_what_they_became(url):
    assert tidy(tidy(url)) == tidy(url)
    assert not set(tidy(url)) & set(" \r\n\t\x00")
    assert canonical(canonical(url)) == canonical(url)
    assert isinstance(surt_key(url), str)


@given(ODD_URLS, ODD_URLS)
def test_resolving_odd_references_never_raises(base, reference):
    found = resolve(base, reference)
    assert found is None or tidy(found) == found


def test_a_url_of_a_megabyte_of_escapes_takes_no_time():
    assert surt_key("http://x.org/" + "%25" * 300_000).startswith("org,x)/%25")


@pytest.mark.parametrize(
    ("base", "reference", "expected"),
    [
        ("http://a.example/b/c", "../d e", "http://a.example/d%20e"),
        ("http://a.example/", "//b.example/x", "http://b.example/x"),
        ("http://a.example/", "http://[bad/", None),
        (None, "http://a.example/", "http://a.example/"),
    ],
)
def test_references_become_absolute(base, reference, expected):
    assert resolve(base, reference) == expected
