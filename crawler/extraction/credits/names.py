"""What a person's name looks like, in many scripts, and what is to be taken off it."""

from __future__ import annotations

import re

from crawler.extraction.credits.places import is_place
from crawler.extraction.credits.tokens import key_of
from crawler.extraction.credits.words import cities, english_words, given_names, phrases, words

MAX_NAME = 80
_ARTICLES = frozenset({"el", "los", "las", "les", "il", "die", "der", "das", "het", "de"})
_DETERMINERS = frozenset(
    [
        "ein",
        "eine",
        "einer",
        "the",
        "une",
        "una",
        "uno",
        "uma",
        "ett",
        "een",
        "this",
        "these",
        "our",
        "your",
        "my",
    ]
)
_ELIDED = re.compile(r"^L['’]")
_SYLLABLE = re.compile(
    r"^(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvxy])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?$"
)
"""One Vietnamese syllable, accents taken off: behind the family name Lê stands nothing else."""
_TRIM = " \t\u00a0,;:|/·•-–—_*#~<>«»„“”\"'`´=＝…()[]{}（）［］【】〔〕「」『』《》〈〉<>"
_SUFFIX = re.compile(r"^(?:jr|sr|ii|iii|iv|phd|ph\.d|md|m\.d|mba|esq|jnr|snr)\.?$", re.IGNORECASE)
_INITIAL = re.compile(r"^[^\W\d_]\.?$|^(?:[^\W\d_]\.){2,3}$|^[A-Z]{2}\.?$")
_HAN = re.compile(r"^[\u3005\u3400-\u9fff]{2,4}$")
_JAPANESE = re.compile(
    r"^[\u3005\u3400-\u9fff]{1,4}[ \u3000]?[\u3005\u3400-\u9fff\u3041-\u3096]{1,4}(?<![のはがをでにとも])(?<!から)$"
)
_KANA_NAME = re.compile(r"^[\u30a1-\u30fa\u30fc]{1,12}(?:[・＝][\u30a1-\u30fa\u30fc]{1,12}){1,3}$")
_HANGUL = re.compile(r"^[\uac00-\ud7a3]{2,4}$")
_OTHER_SCRIPT = re.compile(r"[\u0590-\u06ff\u0900-\u0eff\u10a0-\u10ff]")
_CJK_JOB = re.compile(
    r"\s*(?:선임|인턴|객원|전문|수석|특파|논설)?(?:기자|특파원|위원|앵커|리포터|PD)$|\s*(?:記者|记者|特派員|特派员|通讯员|通訊員|編集委員|論説委員|支局長|カメラマン)$"
)
_CJK_JOB_FRONT = re.compile(
    r"^(?:本报|本報|本社|本台)?(?:实习|实习生|特约)?(?:特派)?(?:(?:记者|記者)[：:\s]*|(?:통신원|编辑|編輯|通讯员|文|撰文|作者)[：:\s]+)"
)
_PEER = re.compile(
    r"^(?:Lord|Lady|Baroness|Baron|Viscount|Earl) (?:[A-Z][\w'’-]{2,20}){1}(?: of [A-Z][\w'’-]{2,20}(?: [A-Z][\w'’-]{2,20})?)?$"
)
_OF_THE = frozenset(["der", "des", "dem"])
_BEFORE_THE = frozenset(["von", "van", "zu", "auf", "an", "aus", "in", "of", "op", "uit"])
_CYRILLIC = re.compile(r"^[\u0400-\u04ff]")
_PREFIXED = re.compile(r"^(?:d|l|al|el|ash|an|ar|as|az|ad|ul)[-'’][A-ZÀ-Ý]")
_BACKWARDS = re.compile(r"[\u05d0-\u05ea][\u05db\u05de\u05e0\u05e6]$")
"""Hebrew letters that have another form at the end of a word: the text stands back to front."""
_GLUED = re.compile(
    r"(?<=[a-zà-öø-ÿ]{2})(?=(?:Staff|Senior|Chief|Political|Business|News|Sports?|Health|Special|Reporter|Editor|Writer|Correspondent|Redakteur|Reporterin|Korrespondent|Journalist|Contributor|Columnist)\b)|(?<=[a-zà-öø-ÿ]{3})(?=[A-Z][A-Za-z])|(?<=[a-z]{2})(?=[A-Z]{3})"
)
_KEEP_GLUED = frozenset(
    {"mac", "fitz", "della", "dela", "van", "von", "des", "del", "der", "dos", "vande", "mcc"}
)


def trim(text: str) -> str:
    """Return *text* without the signs around it."""
    text = text.strip(_TRIM).lstrip(". ")
    return text[:-1].rstrip(_TRIM) if text.endswith(".") and not _abbreviated(text) else text


def _abbreviated(text: str) -> bool:
    last = text.rsplit(" ", 1)[-1]
    return bool(_SUFFIX.match(last)) or (len(last) == 2 and last[0].isupper())


def person_name(text: str) -> str | None:
    """Return the person's name that *text* is, in normal case, titles taken off; None when it is none.

    >>> person_name("DR. SETH J. FRANTZMAN")
    'Seth J. Frantzman'
    >>> person_name("Los Angeles Times") is None
    True
    """
    text = trim(text)
    if not 2 <= len(text) <= MAX_NAME or any(c.isdigit() or c in "@%&+!?:" for c in text):
        return None
    asian = _asian_name(text)
    if asian is not None:
        return asian or None
    if phrases("companies").whole(text):
        return None
    if _PEER.match(text):
        return text
    tokens = without_titles(text.split())
    if len(tokens) > 3 and tokens[0] in {"Z", "Ze"}:
        tokens = tokens[2:]  # Polish: "Z Berlina Anna Kowalska"
    if not 2 <= len(tokens) <= 6:
        return None
    if _OTHER_SCRIPT.search(text):
        if any(_BACKWARDS.search(token) for token in tokens):
            return None
        return " ".join(tokens) if len(tokens) <= 4 and not _is_company(tokens) else None
    if (
        len(tokens) == 2
        and _CYRILLIC.match(text)
        and key_of(tokens[1]) in given_names()
        and key_of(tokens[0]) not in given_names()
    ):
        tokens.reverse()
    return repaired(tokens) if _shaped(tokens) and not _is_company(tokens) else None


def _asian_name(text: str) -> str | None:
    """Return the name, "" for a line in these scripts that is none, None for other scripts."""
    if text.isascii() or not re.search(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]", text):
        return None
    text = _CJK_JOB.sub("", _CJK_JOB_FRONT.sub("", text)).strip(" 發发")
    if any(word in text for word in words("organisation") if not word.isascii() and len(word) >= 2):
        return ""
    if len(text) >= 3 and text[-1] in "网網社报報台局庁":
        return ""
    if any(shape.match(text) for shape in (_HAN, _JAPANESE, _KANA_NAME, _HANGUL)):
        return text
    return ""


def without_titles(tokens: list[str]) -> list[str]:
    """Return *tokens* without leading titles and ranks."""
    titles = phrases("titles")
    if _PEER.match(" ".join(tokens)):
        return tokens
    while len(tokens) > 1:
        size = next(
            (n for n in (4, 3, 2, 1) if len(tokens) > n + 1 and titles.whole(" ".join(tokens[:n]))), 0
        )
        if not size:
            break
        tokens = tokens[size:]
    return tokens


def _shaped(tokens: list[str]) -> bool:
    particles = words("particles")
    full = 0
    for position, token in enumerate(tokens):
        bare = token.strip(".,'’")
        key = key_of(bare)
        if _SUFFIX.match(token) and position:
            continue
        if not bare or not all(c.isalpha() or c in "-'’.‑ʻ" for c in bare):
            return False
        if (
            position
            and len(bare) == 2
            and bare.isupper()
            and not all(t.isupper() for t in tokens)
            and position < len(tokens) - 1
        ):
            return False
        if bare[0].isupper() or _PREFIXED.match(bare):
            full += not _INITIAL.match(token)
            if not bare.isupper() and re.search(r"[A-Z]{3}", bare):
                return False
        elif key not in particles and not re.match(r"^(?:d|l|al|el|ash|an|ar|as|bin|de|di|ul)[-'’]", key):
            return False
    if any(len(token) > 1 and token.isupper() for token in tokens) and all(
        token.isupper() or key_of(token) in particles for token in tokens
    ):
        full = sum(len(token.strip(".")) > 1 for token in tokens)
    first = tokens[0][0].isupper() or key_of(tokens[0]) in particles
    last = tokens[-1][0].isupper() or bool(_PREFIXED.match(tokens[-1]))
    with_initial = full == 1 and (bool(_INITIAL.match(tokens[0])) or key_of(tokens[0]) in given_names())
    return first and last and (full >= 2 or with_initial)


def _is_company(tokens: list[str]) -> bool:
    """Return whether the words name an organisation rather than a person."""
    organisation, jobs = words("organisation"), words("jobs")
    keys = [key_of(token.strip(".,'’")) for token in tokens]
    surname = len(keys) == 2 and keys[1] in words("surnames")
    if keys[0] in given_names() and keys[0] not in {"al", "el"}:
        if is_place(tokens[0]) and any(map(_is_plain_word, keys[1:])):
            return True  # "Virginia Lottery"
        if surname or not any(key in organisation for key in keys[1:]):
            return keys[-1] in jobs
    full = [key for token, key in zip(tokens, keys, strict=True) if not _INITIAL.match(token)]
    if any(key in organisation or key in jobs or key in words("organisation_weak") for key in full):
        return True
    return (
        keys[0] in words("organisation_first")
        or _begins_with_article(tokens, keys)
        or _holds_plain_words(tokens, keys, full)
        or (len(keys) == 2 and full == keys and bool(cities().whole(tokens[1])))
        or is_place(" ".join(tokens))
        or _holds_an_abbreviation(tokens, full)
    )


def _holds_plain_words(tokens: list[str], keys: list[str], full: list[str]) -> bool:
    """Return whether a word is none of a name: an English one, a German compound, "Ring der Landjugend"."""
    if not _INITIAL.match(tokens[0]) and any(map(_is_plain_word, full)):
        return True
    if any(key in _OF_THE and keys[n - 1] not in _BEFORE_THE for n, key in enumerate(keys) if n):
        return True
    endings = tuple(words("organisation_endings"))
    return any(len(key) > 8 and key.endswith(endings) for key in full)


def _holds_an_abbreviation(tokens: list[str], full: list[str]) -> bool:
    capitals = [
        t for t in tokens if len(t) >= 2 and t.isupper() and not (_INITIAL.match(t) or _SUFFIX.match(t))
    ]
    return 0 < len(capitals) < len(full) and not _surname_in_capitals(tokens)


def _is_plain_word(key: str) -> bool:
    """Return whether *key* is an English word and no name: "protection", "traders"."""
    return key in english_words() or (key.endswith("s") and key[:-1] in english_words())


def _begins_with_article(tokens: list[str], keys: list[str]) -> bool:
    """Return whether an article stands first, as in a newspaper's title and not in a person's name."""
    if keys[0] in {"al", "el"} and keys[1] in words("article_titles"):
        return True
    if keys[0] in _DETERMINERS or (
        keys[0] == keys[-1] and len(keys) == 3
    ):  # "Ein Leuchtturm", "Haus zu Haus"
        return True
    if _ELIDED.match(tokens[0]) or (len(keys) == 2 and keys[0] in _ARTICLES):
        return True
    return keys[0] == "le" and not all(_SYLLABLE.match(key) for key in keys[1:])


def _surname_in_capitals(tokens: list[str]) -> bool:
    return len(tokens) >= 2 and tokens[-1].isupper() and len(tokens[-1]) >= 4 and not tokens[0].isupper()


def repaired(tokens: list[str]) -> str:
    """Return the name in normal case: ALL CAPS undone, apostrophes and hyphens kept."""
    if all(token.isupper() for token in tokens):
        small = words("particles")
        tokens = [
            _cased(t) if not position or key_of(t) not in small else t.lower()
            for position, t in enumerate(tokens)
        ]
    elif _surname_in_capitals(tokens):
        tokens = [*tokens[:-1], _cased(tokens[-1])]
    return " ".join(tokens)


def _cased(token: str) -> str:
    if _SUFFIX.match(token):
        return token if key_of(token).startswith("i") else token.capitalize()
    if _INITIAL.match(token) and (len(token) == 1 or "." in token):
        return token
    out = re.sub(r"[^\W\d_]+", lambda m: m.group()[0] + m.group()[1:].lower(), token)
    return re.sub(r"^Mc([a-z])", lambda m: "Mc" + m.group(1).upper(), out)


def unglued(text: str) -> str:
    """Return *text* with a bar where a name was glued to what follows: ``Meg James|Staff Writer``."""

    def cut(match: re.Match[str]) -> str:
        before = text[: match.start()]
        word = before.rsplit(" ", 1)[-1]
        if key_of(word) in _KEEP_GLUED or " " not in before.strip() or "." in word or "@" in word:
            return ""
        return " | "

    return _GLUED.sub(cut, text)


def split_names(text: str) -> list[str]:
    """Return the names in a run without separators: a first name behind a surname begins the next one."""
    tokens = text.split()
    if tokens and len(tokens) > 1 and all(_HAN.match(token) for token in tokens):
        return tokens if all(len(token) > 1 for token in tokens) else [text]
    if len(tokens) < 4 or any(token.endswith(",") for token in tokens):
        return [text]
    known = [key_of(token.strip(".,")) in given_names() for token in tokens]
    if not known[0]:
        return [text]
    starts = [0]
    for position in range(2, len(tokens) - 1):
        before = tokens[position - 1]
        joined = not before[0].isupper() or _INITIAL.match(before)
        if known[position] and not known[position - 1] and not joined and position - starts[-1] >= 2:
            starts.append(position)
    if len(starts) == 1:
        end = _name_end(tokens, known)
        return [" ".join(tokens[:end]), " ".join(tokens[end:])] if end < len(tokens) else [text]
    return [" ".join(tokens[a:b]) for a, b in zip(starts, [*starts[1:], len(tokens)], strict=True)]


def _name_end(tokens: list[str], known: list[bool]) -> int:
    """Return where the name ends that opens a run of capitals: "Trevor J. Mitchell | Sioux Falls Argus Leader"."""
    end = next(
        (
            n
            for n in range(1, len(tokens))
            if (not known[n] or _INITIAL.match(tokens[n - 1]))
            and not _INITIAL.match(tokens[n])
            and tokens[n][0].isupper()
        ),
        None,
    )
    if end is None:
        return len(tokens)
    rest = tokens[end + 1 :]
    if len(rest) >= 2 and rest[0] == "The":
        return end + 1
    outlet = len(rest) >= 2 and (
        any(key_of(token) in words("organisation") for token in rest)
        or (all(map(str.isupper, rest)) and not tokens[0].isupper())
    )
    return end + 1 if outlet and not any(key_of(token) in words("jobs") for token in rest) else len(tokens)
