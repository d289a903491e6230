"""Words that say what somebody did, and the clauses they open: "Text: … Fotos: …", "Editing by …"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from crawler.extraction.credits.agencies import agency_table
from crawler.extraction.credits.names import person_name
from crawler.extraction.credits.places import is_place
from crawler.extraction.credits.tokens import Phrases, Token, first_tokens, key_of, tokenize
from crawler.extraction.credits.words import _lists, given_names, phrases, words

if TYPE_CHECKING:
    from collections.abc import Sequence

_BY = r"(?:by|von|vom|de|des|da|do|di|del|della|par|por|per|van|door|av|af|fra|från|from|oleh|przez|od|courtesy(?: of)?|provided by|via|supplied by)"
_SIGN = re.compile(
    rf"\s*(?:[:：=＝／]|(?<![A-Za-z])・|\.{3}|…|[/|]\s*{_BY}\b|{_BY}\b(?=\s)|©|\(c\)|-\s|–\s|—\s|/|\|)\s*(?:©\s*)?(?:{_BY}\s)?\s*",
    re.IGNORECASE,
)
_AND_BEFORE = re.compile(r"\s(?:and|e|y|und|et|og|och|en|i|и|та|și|a|&) $")
_LONGEST_NOUN = 40
"""Characters before a role word in which another one that is joined to it is looked for."""
_ONE_AND = re.compile(r"^\W*[^\W\d_]{4,20} (?:and|e|y|und|et|og|och|en|i|и|та|și|a) $")
"""One word and a joining one before a verb: "Zebrała i opracowała …"."""
_AND_AT_END = re.compile(r"\s(?:and|e|y|und|et|og|och|en|i|и|та|și|&)\s*$")
_PASSIVE = re.compile(r"(?<!not )\b(?:was|were|is|are|been|wurde|wurden|fue)\s$")
_AFTER_OPENER = re.compile(r"\.?\s*[:：]?\s*(?:die |der |den |the )?")
_KOREAN_NAME = re.compile(r" [\uac00-\ud7a3]{2,4}(?: |$)")
_NAME_NEXT = re.compile(r"\.?\s+[^\W\d_]")
_BY_WORDS = frozenset(["by", "von", "par", "por", "di", "av", "af", "door", "oleh"])
_JOIN = re.compile(r"^\s*(?:&|und|and|et|y|e|og|och|en|i|/|,|\+|и|та|и)\s*$", re.IGNORECASE)
_GLUED_CLOSER = re.compile(r"(?:撮影|摄影?|攝影?|写す|撮)$")
_BREAK = re.compile(r"[.;,|/(\[（［【–—:：；／、]\s*$|\s-\s*$|[。、\n]\s*$")


@dataclass(frozen=True, slots=True)
class Marker:
    """A role word in a line."""

    start: int
    end: int
    roles: tuple[str, ...]
    shape: str
    """noun | opener | closer"""


@dataclass(frozen=True, slots=True)
class Clause:
    """The words that one marker governs."""

    roles: tuple[str, ...]
    """Empty where no marker stands."""
    text: str
    start: int
    shape: str = ""


@lru_cache(maxsize=1)
def _table() -> Phrases[tuple[tuple[str, str], ...]]:
    entries: dict[str, list[tuple[str, str]]] = {}
    for role, shapes in _lists("roles").items():
        for shape, found in shapes.items():  # type: ignore[attr-defined]
            for phrase in found:
                for full in _in_languages(phrase.casefold()):
                    entries.setdefault(full, []).append((role, shape.removesuffix("s")))
    return Phrases((phrase, tuple(values)) for phrase, values in entries.items())


def _in_languages(phrase: str) -> list[str]:
    """Return *phrase* with each language in place of "{en}": "translated from {en} by"."""
    head, brace, rest = phrase.partition("{")
    code, _, tail = rest.partition("}")
    return [head + name + tail for name in _lists("words")[f"languages_{code}"]] if brace else [phrase]


def is_role_word(text: str) -> bool:
    """Return whether *text* is a role word and nothing else: "Text", "Mehr zum Thema"."""
    found = _table().whole(text)
    return bool(found) and any(
        shape == "noun" and (role in {"none", "photo", "author", "copyright"}) for role, shape in found or ()
    )


def opens_with_role(text: str) -> bool:
    """Return whether a role word stands among the first two words of *text*."""
    first = _table().first_words
    near = first_tokens(text, 0, 2)
    if not any(token.key in first for token in near):
        return False
    tokens = tokenize(text[:60])
    return any(_table().at(tokens, index) for index in range(min(2, len(tokens))))


def closes_with_role(text: str) -> bool:
    """Return whether *text* ends with words like "contributed to this report"."""
    last = text[-60:].rstrip(" .)").rsplit(None, 1)
    return bool(last) and key_of(last[-1]) in _last_words() and bool(find_markers(text[-60:]))


@lru_cache(maxsize=1)
def _last_words() -> frozenset[str]:
    phrases_ = (phrase for shapes in _lists("roles").values() for phrase in shapes.get("closers", ()))  # type: ignore[attr-defined]
    return frozenset(tokenize(phrase)[-1].key for phrase in phrases_)


@lru_cache(maxsize=512)
def find_markers(text: str, *, photo: bool = False) -> tuple[Marker, ...]:
    """Return the role words of *text* that govern what follows (or, for closers, what precedes)."""
    named = [
        m for m in agency_table().find(text) if m.agency.kind != "generic" and " " in text[m.start : m.end]
    ]
    tokens = list(tokenize(text)) if text.isascii() else _cut_closers(text, tokenize(text))
    if named:
        tokens = [t for t in tokens if not any(m.start <= t.start < m.end for m in named)]
    table = _table()
    first_words = table.first_words
    found: list[Marker] = []
    index = 0
    while index < len(tokens):
        hit = table.at(tokens, index) if tokens[index].key in first_words else None
        marker = _marker(text, tokens, index, hit[0], hit[1], photo=photo) if hit else None
        if marker is None:
            index += 1
            continue
        found.append(marker)
        index += hit[0] if hit else 1
        while index < len(tokens) and tokens[index].start < marker.end:
            index += 1
    if not found and not photo:
        found = _bare_pair(text, tokens)
    return tuple(_joined(text, found))


def _bare_pair(text: str, tokens: Sequence[Token]) -> list[Marker]:
    """Return the role words of "Text Anna Muster Bilder Max Beispiel": no sign behind them, a name between them."""
    small = text[:1].islower()
    nouns = [(token, role) for token in tokens if (role := _bare_noun(text, token, small=small))]
    if not nouns or len(text) > 120:
        return []
    before = text[: nouns[0][0].start].strip()
    if before and not person_name(before):
        return []
    gaps = [text[a.end : b.start].split() for (a, _), (b, _) in pairwise(nouns)]
    gaps.append(text[nouns[-1][0].end :].split())
    if len(gaps) + bool(before) < 2 or not all(person_name(" ".join(gap)) for gap in gaps):
        return []
    return [Marker(token.start, token.end + 1, (role,), "noun") for token, role in nouns]


def _bare_noun(text: str, token: Token, *, small: bool) -> str | None:
    """Return the role of a noun that is one word, *small* or with a capital; None for other words."""
    found = _table().whole(token.key) if text[token.start].islower() == small else None
    return next((role for role, shape in found or () if shape == "noun" and role != "none"), None)


def _cut_closers(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Return *tokens* with a closer as a word of its own where its script writes it without a space."""
    out: list[Token] = []
    for token in tokens:
        glued = None if text[token.start].isascii() else _GLUED_CLOSER.search(text[token.start : token.end])
        if glued and glued.start():
            at = token.start + glued.start()
            out += [
                Token(token.start, at, token.key[: glued.start()]),
                Token(at, token.end, key_of(glued.group())),
            ]
        else:
            out.append(token)
    return out


@dataclass(frozen=True, slots=True)
class _Found:
    """A phrase of the table in a line, and what stands around it."""

    text: str
    start: int
    end: int
    size: int
    """Words of the phrase."""
    shapes: dict[str, str]
    """The role for each shape."""
    opens: bool
    """It stands at the beginning of the line, or behind a sign."""
    by: bool
    """Its last word is "by" or the like."""
    before: str
    after: str


def _marker(
    text: str, tokens: list[Token], index: int, size: int, values: tuple[tuple[str, str], ...], *, photo: bool
) -> Marker | None:
    start, end = tokens[index].start, tokens[index + size - 1].end
    before, after = text[:start], text[end : end + 40]
    opens = not before.strip() or bool(_BREAK.search(before[-6:]))
    shapes = {shape: role for role, shape in values}
    by = tokens[index + size - 1].key in _BY_WORDS
    found = _Found(text, start, end, size, shapes, opens, by, before, after)
    sign = _SIGN.match(after) if "noun" in shapes else None
    if sign and sign.group().strip() and _takes(found, sign.group().strip()):
        return _noun(found, sign, photo=photo)
    return _opener(found) or _bare(found) or _closer(found, photo=photo)


def _takes(found: _Found, sign: str) -> bool:
    """Return whether the sign behind a noun makes it a heading: "Foto:", not "the photo - ..."."""
    return (
        found.opens
        or ":" in sign
        or "：" in sign
        or (found.text[found.start].isupper() and sign[:1] not in "/|-–—)")
    )


def _noun(found: _Found, sign: re.Match[str], *, photo: bool) -> Marker | None:
    bare = sign.group().strip()
    desk = bare == "/" and _agency_next(found.after[sign.end() :])
    if (bare[:1] in "|-–—)" and not photo) or (
        desk and phrases("words", "staff").whole(found.text[found.start : found.end])
    ):
        return None
    return Marker(found.start, found.end + sign.end(), _roles(found.shapes["noun"]), "noun")


def _roles(name: str) -> tuple[str, ...]:
    """Return the roles of a table's name: two of "author+photo"."""
    return tuple(name.split("+"))


def _opener(found: _Found) -> Marker | None:
    role, before, after = found.shapes.get("opener"), found.before, found.after
    if role is None:
        return None
    if role == "contributor" and not found.opens and _behind_name(before) and _agency_next(after):
        return Marker(found.start, found.end, _roles(role), "opener")
    opens = (
        found.opens
        or (
            found.text[found.start].isupper()
            and (found.size >= 3 or (found.size == 2 and found.by and _name_before(before)))
        )
        or (found.by and found.text[found.start].isupper() and _title_before(before, after))
        or (found.size > 1 and bool(_AND_BEFORE.search(before[-6:])))
        or bool(_ONE_AND.match(before))
        or (found.size > 1 and bool(_PASSIVE.search(before[-16:])))
    )
    if not opens or not (found.size > 1 or after[:1] in " :" or after[:2] == ". "):
        return None
    colon = _AFTER_OPENER.match(after)
    return Marker(found.start, found.end + (colon.end() if colon else 0), _roles(role), "opener")


def _bare(found: _Found) -> Marker | None:
    """Return a noun that needs no sign: "Quelle dpa", and Korean ones before a name."""
    role = found.shapes.get("noun")
    if (
        role == "source"
        and not found.before.strip(" (")
        and found.after[:1] == " "
        and _agency_next(found.after)
    ):
        return Marker(found.start, found.end, ("source",), "noun")
    if role and role != "none" and _name_follows(found):
        return Marker(found.start, found.end + 1, _roles(role), "noun")
    korean = "\uac00" <= found.text[found.start] <= "\ud7a3" and _KOREAN_NAME.match(found.after)
    return (
        Marker(found.start, found.end + 1, _roles(role), "noun") if role and found.opens and korean else None
    )


def _name_follows(found: _Found) -> bool:
    """Return whether a noun that is no job opens a line whose rest is a name: "Перевод Анны Петровой"."""
    printed = found.text[found.start : found.end]
    if found.before.strip(" (") or found.after[:1] != " ":
        return False
    key = key_of(printed)
    if key in words("jobs") or key in words("by") or key in given_names():
        return False
    rest = found.text[found.end :].strip(" .)")
    if not 3 < len(rest) < 50 or "," in rest or any(map(_table().whole, rest.split())):
        return False
    if person_name(rest) is None:
        return False
    return rest[0] > "\u024f" or (key_of(rest.split()[0]) in given_names() and not is_place(rest.split()[0]))


def _closer(found: _Found, *, photo: bool) -> Marker | None:
    closer, noun = found.shapes.get("closer"), found.shapes.get("noun")
    ends = not found.after.strip(" .)")
    if closer == "author" and found.size == 1 and found.text[found.start] < "\u2e80":
        signed = ends and person_name(found.before.strip())
        return Marker(found.start, found.end, (closer,), "closer") if signed else None
    if closer == "contributor" and ends and found.size == 1 and found.before.count(" ") > 1:
        return Marker(found.start, found.end, (closer,), "closer")
    if closer and (
        found.size > 1 or (ends and closer == "photo") or not found.text[found.start : found.end].isascii()
    ):
        return Marker(found.start, found.end, (closer,), "closer")
    if noun and photo and not found.before.strip(" ([（【-–—©") and _NAME_NEXT.match(found.after):
        return Marker(found.start, found.end + (2 if found.after.startswith(". ") else 1), (noun,), "bare")
    return None


def _title_before(before: str, after: str) -> bool:
    """Return whether "Photo by" stands between an outlet's name and a person's: "Express Photo by Jane Doe"."""
    title = before.rpartition("(")[2].split()
    return (
        0 < len(title) <= 3
        and all(
            word[0].isupper() and key_of(word) not in words("sentence") | words("articles") for word in title
        )
        and person_name(" ".join(after.split()[:2])) is not None
    )


def _name_before(before: str) -> bool:
    return person_name(" ".join(before.split()[-2:])) is not None


def _behind_name(before: str) -> bool:
    """Return whether the words before are a short line that ends with a name, or the desk's."""
    if len(before) > 60 or not before.endswith(" "):
        return False
    last = before.rsplit(maxsplit=1)[-1]
    return last[:1].isupper() or bool(phrases("words", "staff").whole(last))


def _agency_next(after: str) -> bool:
    """Return whether an agency is named right behind a word: "Par Marie Dupont avec l'AFP"."""
    found = agency_table().find(after)
    return bool(found) and found[0].start <= 5


def _joined(text: str, markers: list[Marker]) -> list[Marker]:
    """Return *markers* with "Text & Fotos:" as one marker of two roles."""
    out: list[Marker] = []
    for marker in markers:
        near = max(0, marker.start - _LONGEST_NOUN)
        head = text[near : marker.start].rstrip()
        words_before = re.search(
            r"([^\W\d_][\w-]*)\s*(&|und|and|et|y|e|og|och|en|i|ja|a|и|та|й|και|dan|ve|və|és|și|ir|un|và|और|এবং|/|,|·|・|\+|与|與|及|和)\s*$",
            head,
            re.IGNORECASE,
        )
        first = _table().whole(words_before.group(1)) if words_before else None
        role = next((role for role, shape in first or () if shape == "noun"), None)
        if (
            words_before
            and role
            and marker.shape == "noun"
            and role != "none"
            and not (out and out[-1].end > near + words_before.start())
        ):
            out.append(
                Marker(
                    near + words_before.start(),
                    marker.end,
                    tuple(dict.fromkeys((role, *marker.roles))),
                    "noun",
                )
            )
        else:
            out.append(marker)
    return out


def clauses(text: str, *, photo: bool = False) -> list[Clause]:
    """Return *text* cut at its role words, in order; the first clause may have no role."""
    markers = find_markers(text, photo=photo)
    out: list[Clause] = []
    position = 0
    roles: tuple[str, ...] = ()
    shape = ""
    for marker in markers:
        piece = _AND_AT_END.sub("", text[position : marker.start])
        if marker.shape == "closer":
            out.append(Clause(marker.roles, piece, position, "closer"))
            roles, shape = (), "after-closer"
        else:
            if piece.strip(" ,;.|/([（【-–—&"):
                out.append(Clause(roles, piece, position, shape))
            roles, shape = marker.roles, marker.shape
        position = marker.end
    rest = text[position:]
    if rest.strip(" .,;:)]|/"):
        out.append(Clause(roles, rest, position, shape))
    return out


__all__ = ["Clause", "Marker", "clauses", "find_markers", "words"]
