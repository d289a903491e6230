"""Closing credit lines: "(APA/dpa)", "Reporting by … Editing by …", "Mit Material von …", "AFP contributed to this report."."""

from __future__ import annotations

import re
from dataclasses import replace

from archive.model import Credit
from crawler.extraction.credits.agencies import agency_table
from crawler.extraction.credits.copyright_line import read_copyright_line
from crawler.extraction.credits.dateline import read_dateline
from crawler.extraction.credits.names import person_name
from crawler.extraction.credits.noise import without_noise
from crawler.extraction.credits.party import Parties, Setting, read_parties
from crawler.extraction.credits.role_words import opens_with_role
from crawler.extraction.credits.roles import Clause, clauses, closes_with_role, find_markers
from crawler.extraction.credits.staff import is_sure_desk
from crawler.extraction.credits.tokens import key_of
from crawler.extraction.credits.words import given_names, has_phrase, words

LINE = 600
"""Characters: a longer paragraph is text, of which only the end can be a credit."""
SHORT = 160
_BRACKET_END = re.compile(r"[(\[（［【]\s*([^()\[\]（）［］【】]{2,160})\s*[)\]）］】]\s*[.。]?\s*$")
_SLASH_END = re.compile(r"[.!?»”\"]\s*[-–—]*\s*/\s?([^\s/]{2,20}(?:/[^\s/]{1,12}){0,2})/?\s*$")
_LAST_SENTENCE = re.compile(r"[.!?。»”\"]\s*[-–—|•©]*\s*([^.!?。]{2,60})\.?\s*$")
_BIO = re.compile(
    r"^(.{4,50}?)(?:\s*\([^()]{3,60}\))?\s*,?\s+(?:(?:is|was|are|ist|war|est|es|é|è|är|er|on|jest|je)\s+(?:an?|the|our|currently|based|eine?|der|die|une?|la|le|el|los|un[ao]?|uma?|il|lo|en|et|ein|senior|freelance|[\w-]{3,20}s)\b"
    r"|(?:covers|writes|reports|has (?:covered|been|written|reported|worked)|can be reached|joined|lives|works|teaches|edits|berichtet|schreibt|arbeitet|lebt|couvre|écrit|collabore|cubre|escribe|trabaja|cobre|escreve|scrive|collabora|schrijft|werkt|skriver|arbetar|arbeider|pisze|píše|пишет|пише)\b)"
)
_BIO_VERB = re.compile(
    r"^\W*(?:covers|writes|reports|berichtet|schreibt|couvre|écrit|cubre|escribe|cobre|escreve|scrive|schrijft|skriver|pisze|píše|пишет|пише)\b"
)
_IS_A = re.compile(r"^\W*(?:is|was|ist|est|es|é|è|är|er) (?:an?|eine?|une?|una|uma?|en|ett?) ")
_COPYRIGHT = re.compile(
    r"^(?:copyright\b(?!\s*:)|(?:©|\(c\))\s*(?:copyright\s*)?(?:19|20)\d\d\b)", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?<=[a-zà-ÿ)])\.\s+(?=[A-ZÀ-Ý])")
_REPORTED = re.compile(
    r"((?:[A-ZÀ-Ý][\w'’.-]{1,20} ){1,3}[A-ZÀ-Ý][\w'’-]{1,25}) (?:reported from|wrote from|from) (?=[A-ZÀ-Ý])"
)
_POST_SIGNATURE = re.compile(r"^\W*[^()@]{2,80}\(@\w{1,30}\)")
_LINK_ENTRY = re.compile(r"^[\w-]{2,40}\.[a-z]{2,6}: (?:\S+ ){3}")
_ROLE_OF_CLAUSE = {
    "photo",
    "editor",
    "translator",
    "illustration",
    "graphic",
    "video",
    "audio",
    "research",
    "contributor",
    "author",
}
_RIGHTS = re.compile(
    r"all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos|riproduzione riservata|todos os direitos|reproduction interdite",
    re.IGNORECASE,
)


def read_closing(text: str, setting: Setting, *, strict: bool = False) -> Parties:
    """Return who the end of a text names.

    *strict*: the paragraph may be ordinary text, so a line without sign or role word must name an agency.
    """
    text = text.strip()
    if len(text) <= LINE:
        whole = read_whole_line(text, setting, strict=strict)
        if whole is not None:
            return whole
    return read_end(text, setting, strict=strict)


def read_whole_line(text: str, setting: Setting, *, strict: bool) -> Parties | None:
    """Return what a line says that is a credit as a whole; None when it is none (and for long ones)."""
    if len(text) > LINE or (strict and len(text) > SHORT and not _has_role_words(text)):
        return None
    inner = text.strip(" ()[]（）［］【】.*_–—-|").replace(" للنشرة العربية", "")
    special = _of_special_shape(text, inner, setting, strict=strict)
    if special is not None:
        return special
    if not strict and (name := _of_bio(text)):
        return Parties([_person(name, setting)], [], [])
    if strict and is_sure_desk(inner):
        return Parties([replace(_person(inner, setting), kind="staff")], [], [])
    line = without_noise(inner)
    cut = clauses(line)
    if any(clause.roles for clause in cut):
        return _clauses(cut, text, setting, strict=strict)
    if inner.startswith("©") or _RIGHTS.search(inner):
        return _rights(line, setting)
    if len(inner) > 160 or len(inner.split()) > 16:
        return None
    found = read_parties(
        line, replace(setting, loose="/" in inner or bool(agency_table().find(inner)), places=True)
    )
    return found if _complete(found, inner, strict=strict) else None


def _of_special_shape(text: str, inner: str, setting: Setting, *, strict: bool) -> Parties | None:
    """Return what 【names】, a copyright line, several sentences or "reported from" say; None for other lines."""
    if text.startswith("【") and text.endswith("】"):
        line_of_names = read_dateline(text, setting)
        return Parties(line_of_names.credits, line_of_names.places, [])
    if _COPYRIGHT.match(inner):
        return Parties(read_copyright_line(inner, setting), [], [])
    return _sentences(inner, setting, strict=strict) or _reported(inner, setting)


def _of_bio(text: str) -> str | None:
    """Return the person whom a line introduces: "Jane Doe is a freelance reporter in London."."""
    bio = _BIO.match(text)
    name = person_name(bio.group(1)) if bio else None
    if bio is None or name is None:
        return None
    rest = text[bio.end(1) :]
    known = key_of(name.split()[0]) in given_names()
    told = has_phrase(text, "jobs") or "@" in text or _BIO_VERB.match(rest) or (known and _IS_A.match(rest))
    return name if told else None


def _sentences(inner: str, setting: Setting, *, strict: bool) -> Parties | None:
    """Return what several sentences say, one of which is about contributors; None for other lines."""
    sentences = _SENTENCE.split(inner) if len(inner) < LINE else []
    if not 1 < len(sentences) <= 4 or not any(map(closes_with_role, sentences)):
        return None
    found = [read_whole_line(sentence, setting, strict=strict) for sentence in sentences]
    read = [parties for parties in found if parties is not None]
    return Parties([c for parties in read for c in parties.credits if c.kind != "outlet"], [], [])


def _reported(inner: str, setting: Setting) -> Parties | None:
    """Return the authors of "Jane Doe reported from Lagos and John Roe from Vienna."; None for other lines."""
    if " reported from " not in inner or len(inner) > SHORT:
        return None
    names = [name for match in _REPORTED.finditer(inner) if (name := person_name(match.group(1)))]
    return Parties([_person(name, setting) for name in names], [], [])


def reads_as_text(line: str, found: list[Credit]) -> bool:
    """Return whether a line in which *found* were read is text all the same.

    So are the signature of an embedded post, a link list's entry, "Mit 80 Jahren …" (no person and no agency helps),
    and words of which only some are a name, or a name that begins with no first name: "GIRLS SOCCER".
    """
    if _POST_SIGNATURE.match(line) or _LINK_ENTRY.match(line):
        return True
    kinds = {credit.kind for credit in found}
    if kinds == {"outlet"}:
        return all(credit.role == "contributor" for credit in found)
    if kinds != {"person"} or find_markers(line) or any(c in "/()@" or c > "\xff" for c in line):
        return False
    if key_of(line.split(maxsplit=1)[0].strip(":—–-")) in words("by") | words("jobs"):
        return False
    names = {key_of(word.strip(".")) for credit in found for word in credit.name.split()}
    known = names | words("and") | words("titles") | words("by") | words("jobs")
    covered = all(key_of(word.strip(".")) in known for word in re.findall(r"[\w.'-]+", line))
    return not covered or any(key_of(credit.name.split()[0]) not in given_names() for credit in found)


def _has_role_words(text: str) -> bool:
    """Return whether a long line begins or ends with role words, as credit lines do."""
    return text[:1] in "([（©" or opens_with_role(text) or closes_with_role(text)


def _clauses(cut: list[Clause], text: str, setting: Setting, *, strict: bool) -> Parties | None:
    out = Parties([], [], [])
    for clause in cut:
        if "none" in clause.roles or clause.shape == "after-closer":
            continue
        if not clause.roles:
            if len(clause.text.split()) > 10:
                return None if strict or len(cut) < 2 else _skip(out)
            out.credits += read_parties(clause.text, setting).credits
            continue
        for role in clause.roles:
            found = read_parties(clause.text, _setting_of(role, setting))
            if role == "contributor" and text[: clause.start].count(" ") < 2 and _is_phrase(found):
                continue
            if clause.shape != "noun" and len(found.unknown) > len(found.credits):
                continue
            out.credits += [
                _as_author(c) if role == "source" and c.kind == "person" else c for c in found.credits
            ]
            out.unknown += found.unknown
    if strict and not [c for c in out.credits if c.kind in {"person", "agency", "staff"}] and len(text) > 90:
        return None
    return out


def _is_phrase(found: Parties) -> bool:
    """Return whether only words stand where contributors would: "Mit Humor und Verstand"."""
    return not any(c.kind in {"person", "agency", "staff"} for c in found.credits)


def _skip(out: Parties) -> Parties:
    return out


def _setting_of(role: str, setting: Setting) -> Setting:
    agency_role = role if role in _ROLE_OF_CLAUSE - {"author", "editor", "translator"} else "source"
    return replace(setting, role=role, agency_role=agency_role, loose=True, photo=role == "photo")


def _as_author(credit: Credit) -> Credit:
    return replace(credit, role="author")


def _person(name: str, setting: Setting) -> Credit:
    return Credit(name=name, kind="person", role="author", raw=name, found_in=setting.found_in)


def _rights(line: str, setting: Setting) -> Parties:
    """Return who a line of rights names: agencies as sources, others as holders of the copyright."""
    found = read_parties(_RIGHTS.sub(" | ", line), replace(setting, role="copyright", loose=True))
    keep = [
        c
        for c in found.credits
        if c.kind == "agency" or (c.kind == "outlet" and c.role == "copyright" and not _RIGHTS.search(c.name))
    ]
    return Parties([c for c in keep if c.kind == "agency"] or keep, [], [])


def _complete(found: Parties, inner: str, *, strict: bool) -> bool:
    """Return whether all of a line without role words names parties."""
    kinds = [c.kind for c in found.credits]
    if not kinds or found.unknown:
        return False
    if "agency" in kinds and strict and "outlet" in kinds and not re.search(r"[/,|]", inner):
        return False
    if "agency" in kinds:
        return kinds.count("outlet") <= kinds.count("agency") or "/" in inner
    if strict:
        return (
            kinds.count("person") == len(kinds)
            and len(kinds) >= 1
            and not inner.endswith(("?", "!", ":"))
            and len(inner) < 90
        )
    return all(kind in {"person", "staff", "other"} for kind in kinds)


def read_end(text: str, setting: Setting, *, strict: bool) -> Parties:
    """Return who is named at the end of a paragraph of ordinary text."""
    bracket = _BRACKET_END.search(text[-220:])
    if bracket:
        inner = bracket.group(1)
        line = without_noise(inner)
        if any(clause.roles for clause in clauses(line)):
            return _clauses(clauses(line), inner, setting, strict=True) or Parties([], [], [])
        found = read_parties(line, replace(setting, loose="/" in inner or "," in inner, places=True))
        kinds = {c.kind for c in found.credits}
        if (
            not found.unknown
            and kinds
            and (
                kinds & {"agency"}
                or (kinds <= {"person", "other"} and _names_line(found, inner, strict=strict))
            )
        ):
            return Parties(found.credits, [], [])
        return Parties([], [], [])
    slash = _SLASH_END.search(text[-90:]) or _LAST_SENTENCE.search(text[-120:])
    if slash:
        found = read_parties(without_noise(slash.group(1)), setting)
        if (
            not found.unknown
            and found.credits
            and any(c.kind == "agency" for c in found.credits)
            and len(slash.group(1).split()) <= 8
        ):
            return found
        if find_markers(slash.group(1)) and not strict:
            return _clauses(clauses(slash.group(1)), slash.group(1), setting, strict=True) or Parties(
                [], [], []
            )
    return Parties([], [], [])


def _names_line(found: Parties, inner: str, *, strict: bool) -> bool:
    persons = [c for c in found.credits if c.kind == "person"]
    small = [c for c in found.credits if c.kind == "other"]
    if strict and not small and any(key_of(c.name.split()[0]) not in given_names() for c in persons):
        return any(c.name[0] > "\u0500" for c in persons)
    if strict and len(persons) == 1 and not small and "," not in inner:
        return not any(key in words("organisation") for key in inner.lower().split())
    return bool(persons or small)
