"""Picture credits, and captions that end (or begin) with one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crawler.extraction.credits.agencies import CJK, agency_table
from crawler.extraction.credits.archive_marks import has_archive_mark, is_archive_mark
from crawler.extraction.credits.names import person_name
from crawler.extraction.credits.noise import without_noise
from crawler.extraction.credits.party import Setting, read_parties
from crawler.extraction.credits.roles import clauses, find_markers
from crawler.extraction.credits.tokens import key_of
from crawler.extraction.credits.words import given_names, words

if TYPE_CHECKING:
    from archive.model import Credit

TAIL = 260
"""Characters at the end of a caption in which a credit without a role word is looked for."""
_DOMAIN_FIRST = re.compile(r"^[\w-]{2,40}\.[a-z]{2,6}/")
_GLUED_NOUN = re.compile(
    r"(?<=[^\W\d_])(?=(?:Foto|Fotos|Photo|Photos|Photograph|Bild|Image|Credit|Picture|Quelle|Kuva|Source|Crédit|Illustration|Imagen|Fotó)(?:s? credit)?\s?(?:[:©]|by\b|von\b))"
    r"|(?<=[a-zß-ÿ0-9)\"”’»])\.(?=[A-ZÀ-Ý])"
)
_BRACKET_END = re.compile(
    r"[(\[（［]\s*((?:[^()\[\]（）［］]|\([^()]{0,60}\)){2,240}?)[)\]）］]\s*[.。]?\s*$"
)
_CUT = re.compile(r"(?<=[.!?。”\"»])\s*(?=\S)|\s[|/•·]\s|\s[-–—]\s|[—–]\s?(?=\S)|\n|\s{2,}")
_NAME_BEFORE = re.compile(r"(?:[.。!?\"”»]\s*|\s[|/–—-]\s)([^.。!?\"”»|/–—]{2,40}?)\s*$")
_CJK_REPORTER = re.compile(r"(?:記者|记者|기자)$")
_MAKER = re.compile(r"(?:撮影|摄影?|攝影?|提供|写す|撮)$")
_KOREAN_REPORTER = re.compile(r"^[\uac00-\ud7a3]{2,4} ?(?:사진|인턴|선임|수습)?기자$")
_BEYOND_DOUBT = re.compile(r"\S\s?[/|]\s?\S|\s(?:for|via|für|pour|para|per|voor|för|dla)\s", re.IGNORECASE)
_MADE_BY = re.compile(r"[＝=]([\u3005\u3400-\u9fff]{2,6}(?:記者)?(?:撮影|写す))$")
_CREDIT_ROLES = frozenset({"photo", "illustration", "graphic", "video", "source", "copyright"})


@dataclass(slots=True)
class CaptionParts:
    """A caption cut in two."""

    caption: str
    credit: str | None
    credits: list[Credit]
    archive: bool


def read_photo(text: str, setting: Setting) -> list[Credit]:
    """Return who a picture credit names."""
    out: list[Credit] = []
    line = without_noise(
        _GLUED_NOUN.sub(" | ", re.sub(r"\(c\)", "©", text, flags=re.IGNORECASE).strip(" ()[]（）［］"))
    )
    cut = clauses(line, photo=True)
    marked = any(clause.roles for clause in cut)
    for clause in cut:
        if marked and not clause.roles and _is_sentence(clause.text):
            continue
        roles = tuple(dict.fromkeys(_photo_role(role) for role in clause.roles)) or (setting.role,)
        if "none" in roles:
            continue
        for role in roles:
            here = replace(setting, role=role, agency_role=role, photo=True, loose=True)
            out += [c for c in read_parties(clause.text, here).credits if not is_archive_mark(c.name)]
    return out


def _is_sentence(text: str) -> bool:
    """Return whether *text* is a caption rather than names: more than six words, of which two are small."""
    tokens = text.split()
    return len(tokens) > 6 and sum(token.islower() for token in tokens) > 1


def _photo_role(role: str) -> str:
    return "photo" if role in {"source", "copyright", "author", "editor", "contributor", "research"} else role


def read_caption(raw: str, setting: Setting) -> CaptionParts:
    """Return the caption without its credit, the words of the credit, who they name, and the archive mark."""
    text = _GLUED_NOUN.sub(lambda m: m.group() + " ", raw)
    archive = has_archive_mark(text)
    start = _credit_start(text, setting)
    if start is not None:
        cut = len(raw) - _reach(raw[::-1], _letters(text[start:]))
        credits_ = read_photo(text[start:].strip(), setting)
        return CaptionParts(raw[:cut].rstrip(" |/-–—([©"), raw[cut:].strip(), credits_, archive)
    lead = _leading(text, setting)
    if lead:
        cut = _reach(raw, _letters(text[: lead[0]]))
        return CaptionParts(raw[cut:].strip(), raw[:cut].strip(), lead[1], archive)
    return CaptionParts(raw, None, [], archive)


def is_photo_credit(line: str) -> bool:
    """Return whether a short line beside a picture is a credit as a whole: every name in it a party, one an agency.

    >>> is_photo_credit("Jane Doe/AFP"), is_photo_credit("Harrow Bay")
    (True, False)
    """
    if not 1 < len(line) <= 80 or not agency_table().find(line):
        return False
    return _is_credit(line, Setting("caption", "photo", "photo", photo=True, loose=True), sure=False)


def _letters(text: str) -> int:
    return sum(not char.isspace() for char in text)


def _reach(text: str, letters: int) -> int:
    """Return how many characters of *text* hold *letters* that are no space."""
    for position, char in enumerate(text):
        if letters == 0:
            return position
        letters -= not char.isspace()
    return len(text)


def _credit_start(text: str, setting: Setting) -> int | None:
    made = _MADE_BY.search(text)
    if made:
        return made.start(1)
    glued = _agency_end(text)
    if glued is not None and (
        CJK.match(text[glued]) or (text[glued - 1 : glued] == "＝" and not text.endswith(("）", ")")))
    ):
        return glued
    found = _bracket_start(text, setting)
    if found is not None:
        return found
    sign = text.rfind("©")
    for marker in find_markers(text, photo=True):
        if sign > marker.end and is_archive_mark(text[marker.start : marker.end]):
            continue
        if (
            set(marker.roles) & _CREDIT_ROLES
            and marker.shape in {"noun", "opener"}
            and (marker.start == 0 or _opens_credit(text, marker.start, marker.end))
        ):
            return marker.start
    return sign if sign > 0 else _unmarked_start(text, setting)


def _bracket_start(text: str, setting: Setting) -> int | None:
    """Return where the credit begins that ends with or in brackets: "… (Jane Doe/AP)", "… Jane Doe (AP)"."""
    bracket = _BRACKET_END.search(text[-TAIL:])
    if bracket is None:
        return None
    at = max(len(text) - TAIL, 0) + bracket.start()
    marked = [
        m
        for m in find_markers(text[:at])
        if m.shape == "noun" and set(m.roles) & _CREDIT_ROLES and at - m.end < 90
    ]
    if marked:
        return marked[-1].start
    name = _NAME_BEFORE.search(text[:at])
    if name and (person_name(name.group(1)) or person_name(_CJK_REPORTER.sub("", name.group(1)))):
        return name.start(1)
    if _is_credit(bracket.group(1), setting, sure=False) or _MAKER.search(bracket.group(1)):
        return at
    return None


def _unmarked_start(text: str, setting: Setting) -> int | None:
    """Return where the last sentence or piece begins that is a credit as a whole."""
    base = max(len(text) - TAIL, 0)
    for cut in [0, *(match.end() + base for match in _CUT.finditer(text[base:]))]:
        if len(text) - cut > 120:
            continue
        before = text[:cut].rstrip()
        if before and _is_name_only(text[cut:].strip(), before):
            return cut
        if _is_credit(
            text[cut:],
            setting,
            sure=before.endswith(("|", "/", "—", "–"))
            or text[cut:].lstrip().startswith(("|", "/", "—", "–", "•")),
        ):
            return cut
    return _agency_end(text) or _before_slash(text)


def _before_slash(text: str) -> int | None:
    """Return where a name begins that stands before a slash and the agency that ends the caption, no sign before it."""
    found = agency_table().find(text)
    if not found or text[found[-1].end :].strip(" .)") or not text[: found[-1].start].rstrip().endswith("/"):
        return None
    before = text[: found[-1].start].rstrip(" /")
    starts = [match.start() for match in re.finditer(r"\S+", before)][-3:-1]
    return next(
        (at for at in starts if key_of(before[at:].split()[0]) in given_names() and person_name(before[at:])),
        None,
    )


def _opens_credit(text: str, start: int, end: int) -> bool:
    """Return whether a role word in the middle of a caption opens its credit, not a sentence."""
    sign = text[start:end]
    rest = text[end:].strip()
    return (
        bool(rest)
        and len(rest) < 200
        and (
            any(c in sign for c in ":：=＝©|/")
            or text[start].isupper()
            or not text[start].isascii()
            or text[:start].rstrip().endswith(("—", "(", "[", "（", ".", ","))
        )
    )


def _is_credit(text: str, setting: Setting, *, sure: bool) -> bool:
    """Return whether every piece of *text* is a party, one of them an agency, or a name behind or before a slash."""
    text = text.strip(" .()[]|/—–•·-")
    if not text or len(text) > 160:
        return False
    markers = [m for m in find_markers(text, photo=True) if set(m.roles) & _CREDIT_ROLES]
    sentences = bool(re.search(r"[a-zß-ÿ0-9)\"”]{2}[.!?。]\s|。", text))
    if markers or sentences:
        return bool(markers) and (markers[0].start == 0 or not sentences)
    small = sum(map(str.islower, text.split()))
    begins_small = text[:1].islower() and not _DOMAIN_FIRST.match(text) and not agency_table().find(text[:20])
    if begins_small or (small > 4 and small * 2 > len(text.split())):
        return False
    found = read_parties(text, replace(setting, photo=True, loose=True))
    unknown = [word for word in found.unknown if not is_archive_mark(word)]
    if unknown or not found.credits:
        return False
    kinds = [c.kind for c in found.credits]
    if kinds[0] == "outlet" and key_of(text.split()[0]) in words("articles") and "/" not in text:
        return False
    if "agency" in kinds:
        return True
    return ("person" in kinds and (sure or bool(_BEYOND_DOUBT.search(text)) or _outlet_behind(text))) or bool(
        re.fullmatch(r"[A-Z]{2,8}/[A-Z]{2,8}", text)
    )


def _outlet_behind(text: str) -> bool:
    """Return whether *text* is a person and an outlet: "Jane Doe, The Daily Example", "Example News: Jane Doe"."""
    head, sign, rest = text.partition(":") if ":" in text else text.partition(",")
    name, outlet = (rest, head) if sign == ":" else (head, rest)
    titled = outlet.strip().startswith("The ") or any(
        key_of(word) in words("organisation") for word in outlet.split()
    )
    return titled and person_name(name) is not None and person_name(outlet) is None


def _is_name_only(piece: str, before: str) -> bool:
    """Return whether the last sentence of a caption is a name and nothing else: "The old harbour. JANE DOE"."""
    if piece.endswith((".", "!", "?")) or not before.endswith((".", "”", '"', "»", ")")):
        return False
    if _KOREAN_REPORTER.match(piece):
        return True
    if len(piece.split()) > 4 or person_name(piece) is None:
        return False
    return (piece.isupper() and not before.isupper()) or key_of(piece.split(maxsplit=1)[0]) in given_names()


def _agency_end(text: str) -> int | None:
    """Return where the agency stands that ends a caption behind a comma, or without a space in such scripts."""
    found = agency_table().find(text)
    if not found or text[found[-1].end :].strip(" .。)）"):
        return None
    last = found[-1]
    start = last.start
    before = text[:start].rstrip()
    if text.endswith(("）", ")")) and before.endswith(("＝", "=", "／", "/")):
        return None
    if before.endswith((",", "，", "）", ")", "＝", "=")) or (CJK.match(text[start]) and not last.ambiguous):
        return start
    return None


def _leading(text: str, setting: Setting) -> tuple[int, list[Credit]] | None:
    """Return where a credit ends that stands before the caption: "dpa/Jan Woitas Im Oktober …", "© Lucy Nicholson …"."""
    match = re.match(
        r"^(?:©\s*|([^\s/]{2,30})/)([A-ZÀ-Ý][\w'’.-]+ (?:[A-Z]\. )?[A-ZÀ-Ý][\w'’-]+)(?=\s)", text
    )
    if not match or (match.group(1) and agency_table().whole(match.group(1)) is None):
        return None
    found = read_photo(match.group(), setting)
    return (match.end(), found) if any(c.kind == "person" for c in found) else None
