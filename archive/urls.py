"""URLs as archives compare them: fit for a header line, as sortable key, and as identity of an article."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from urllib.parse import quote, quote_from_bytes, unquote_to_bytes, urljoin

_DEFAULT_PORTS = {"http": "80", "https": "443"}
_SPLIT = re.compile(
    r"(?P<scheme>[a-zA-Z][a-zA-Z0-9+.-]*)://(?P<authority>[^/?#]*)"
    r"(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:\#(?P<fragment>.*))?",
    re.DOTALL,
)
_WWW = re.compile(r"^www\d*\.")
_SLASHES = re.compile(r"/{2,}")
_UNFIT = re.compile(r"[^\x21-\x7e]")
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

_TRACKING = re.compile(
    r"""(?:utm_.*|mtm_.*|pk_(?:campaign|kwd|source|medium|content)|piwik_.*|matomo_.*|at_(?:medium|campaign|custom\d|link_.*)
    |hsa_.*|_hs(?:enc|mi)|mc_[ce]id|vero_(?:id|conv)|oly_(?:anon|enc)_id|ns_(?:mchannel|source|campaign|linkname|fee)
    |fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|ysclid|twclid|ttclid|igshid|igsh|li_fat_id|epik|mkt_tok
    |fb_(?:action_ids|action_types|source|ref|comment_id)|_ga|_gl|xtor|wt_(?:mc|zmc)|wtmc|wt\.mc|wt\.zmc|cmpid|smid|ocid|s_cid|ncid|srnd
    |__twitter_impression|__s|mkcid|spm)""",
    re.VERBOSE | re.IGNORECASE,
)
"""Query parameters that say where a reader came from. All belong to measuring services, none to a
publisher's content; a bare ``ref`` or ``source`` is not among them, because some sites choose the page by
it."""

_SESSION_PATH = re.compile(
    r"^(?P<before>.*/)(?:\((?:[a-z]\([0-9a-z]{24}\))+\)/|\([0-9a-z]{24}\)/)(?P<after>[^?]+\.aspx.*)$",
    re.IGNORECASE,
)
_SESSION_QUERY = (
    re.compile(r"^(.*)(?:jsessionid=[0-9a-zA-Z]{32})(?:&(.*))?$", re.IGNORECASE),
    re.compile(r"^(.*)(?:phpsessid=[0-9a-zA-Z]{32})(?:&(.*))?$", re.IGNORECASE),
    re.compile(r"^(.*)(?:sid=[0-9a-zA-Z]{32})(?:&(.*))?$", re.IGNORECASE),
    re.compile(r"^(.*)(?:aspsessionid[a-zA-Z]{8}=[a-zA-Z]{24})(?:&(.*))?$", re.IGNORECASE),
    re.compile(r"^(.*)(?:cfid=[^&]+&cftoken=[^&]+)(?:&(.*))?$", re.IGNORECASE),
)


def tidy(url: str) -> str:
    """Return *url* as it can stand in a header line, a word without blanks. Never raises.

    Angle brackets around the whole (as wget writes them) and blanks at the ends go; every other character
    that is not visible ASCII becomes its percent-encoded UTF-8. A tidy URL stays as it is.

    >>> tidy(" <http://example.com/a b?q=ü> ")
    'http://example.com/a%20b?q=%C3%BC'
    """
    url = url.strip()
    while url.startswith("<") and url.endswith(">") and len(url) > 1:
        url = url[1:-1].strip()
    return _UNFIT.sub(lambda found: quote(found[0], errors="surrogatepass"), url)


def resolve(base: str | None, reference: str) -> str | None:
    """Return *reference* as absolute tidy URL, seen from *base*; None where it is no URL at all.

    >>> resolve("http://example.com/a/b", "../c d")
    'http://example.com/c%20d'
    >>> resolve("http://example.com/", "http://[bad/") is None
    True
    """
    try:
        return tidy(urljoin(tidy(base or ""), tidy(reference))) or None
    except ValueError:
        return None


@lru_cache(maxsize=64)
def canonical(url: str) -> str:
    """Return the form of *url* by which an article is known: to compare, not to fetch. Never raises.

    Scheme and host are lower case, the host in IDNA; default port, user name, fragment and tracking
    parameters are gone; percent-escapes are written in one way, the remaining parameters sorted by name. A
    slash at the end of a path is dropped (except the root's): on practically every news system both forms
    show one article, one of them by a redirect, and feeds and pages do not agree on which. Scheme and
    ``www.`` stay: they do change what a server answers. What does not look like ``scheme://host`` comes
    back *tidy* only.

    >>> canonical("HTTPS://Example.COM:443/News/Story/?utm_source=x&b=2&a=1#top")
    'https://example.com/News/Story?a=1&b=2'
    """
    url = tidy(url)
    match = _SPLIT.fullmatch(url)
    if match is None:
        return url
    scheme = match["scheme"].lower()
    path = _even_escapes(_without_dots(match["path"] or "/"))
    query = "&".join(sorted(_kept_parameters(match["query"] or ""), key=lambda pair: pair.partition("=")[0]))
    host, port = _host_and_port(scheme, match["authority"])
    return f"{scheme}://{host}{port}{path.rstrip('/') or '/'}{'?' if query else ''}{query}"


def surt_key(url: str) -> str:
    """Return the SURT of *url* as CDXJ files and pywb sort by: ``com,example)/path?query``. Never raises.

    The rules are those of the ``surt`` package (Heritrix's and the Wayback Machine's): everything lower
    case; scheme, ``www.``, user, default port, fragment, session ids and a slash at the end gone;
    parameters sorted; escapes written in one way. URLs without ``://`` (``dns:``, ``urn:``, ``mailto:``)
    stay as they are, in lower case.

    >>> surt_key("https://www.Example.com:443/Goo/?b=2&a=1#x")
    'com,example)/goo?a=1&b=2'
    """
    url = tidy(url)
    match = _SPLIT.fullmatch(url)
    if match is None:
        return url.lower()
    scheme = match["scheme"].lower()
    host, port = _host_and_port(scheme, match["authority"])
    host = _WWW.sub("", host).strip("[]")
    path = _surt_path(match["path"])
    query = _surt_query(match["query"] or "")
    return f"{','.join(reversed(host.split('.')))}{port}){path}{'?' if query else ''}{query}"


def _host_and_port(scheme: str, authority: str) -> tuple[str, str]:
    """Return the host, lower case and in IDNA, and ``:port`` or, where it is the scheme's own, nothing."""
    literal, bracket, rest = authority.rpartition("@")[2].rpartition("]")
    name, _, port = rest.partition(":")
    host = (literal + bracket).lower() if bracket else _ascii_host(name)
    return host, "" if port in {"", _DEFAULT_PORTS.get(scheme)} else f":{port}"


@lru_cache(maxsize=4_096)
def _ascii_host(host: str) -> str:
    text = unquote_to_bytes(host).decode("utf-8", "replace").strip(".")
    text = re.sub(r"\.{2,}", ".", text).lower()
    # The codec takes its time, and no longer name exists (RFC 1035, 2.3.4). It refuses empty and too long labels.
    with suppress(UnicodeError):
        if len(text) <= 255:
            return text.encode("idna").decode("ascii")
    return quote(text, safe="~_-.!$&'()*+,;=").lower()


def _without_dots(path: str) -> str:
    """Return *path* with ``/./`` and ``/../`` resolved (RFC 3986, 5.2.4)."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for position, segment in enumerate(segments):
        if segment in {".", ".."}:
            if segment == ".." and kept:
                kept.pop()
            if position == len(segments) - 1:
                kept.append("")
        else:
            kept.append(segment)
    return "/" + "/".join(kept)


def _even_escapes(text: str) -> str:
    """Return *text* with upper-case escapes, those of unreserved characters undone (RFC 3986, 6.2.2)."""

    def even(found: re.Match[str]) -> str:
        character = chr(int(found[1], 16))
        return character if character in _UNRESERVED else f"%{found[1].upper()}"

    return _ESCAPE.sub(even, _BAD_PERCENT.sub("%25", text))


def _kept_parameters(query: str) -> list[str]:
    pairs = (_even_escapes(pair) for pair in query.split("&") if pair)
    return [pair for pair in pairs if not _TRACKING.fullmatch(pair.partition("=")[0])]


def _surt_escapes(text: str) -> str:
    """Undo all escapes, however often they were applied, then escape once."""
    raw = text.encode()
    for _ in range(64):  # nobody nests them deeper; a hostile URL may be a megabyte of %25
        undone = unquote_to_bytes(raw)
        if undone == raw:
            break
        raw = undone
    return quote_from_bytes(raw, safe="!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~").lower()


def _surt_path(path: str) -> str:
    path = _SLASHES.sub("/", _without_dots(_surt_escapes(path)))
    session = _SESSION_PATH.match(path)
    if session:
        path = session["before"] + session["after"]
    return path.rstrip("/") or "/"


def _surt_query(query: str) -> str:
    if not query:
        return ""
    query = _surt_escapes(query)
    for pattern in _SESSION_QUERY:
        found = pattern.match(query)
        if found:
            query = found[1] + (found[2] or "")
    # The package compares (name, value), a name alone before the same name with a value.
    return "&".join(sorted(query.split("&"), key=lambda pair: pair.partition("=")[::2])) if query else ""
