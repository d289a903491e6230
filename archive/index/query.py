"""The query language: what people type becomes one full-text expression. Documented in QUERY.md."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.errors import QueryError
from archive.index import tokens
from archive.index.fold import fold
from archive.index.snippets import Sought, sought

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

TEXT = "headline standfirst body captions credits variants"
"""The columns that a word without a field is looked for in."""

_COLUMNS = {
    "headline": "headline variants",
    "standfirst": "standfirst",
    "body": "body",
    "caption": "captions",
    "credit": "credits",
    "by": "credits",
}
_FACETS: dict[str, Callable[[str], list[str]]] = {
    "agency": lambda value: [tokens.token("agency", value)],
    "photo": lambda value: [tokens.token("photo", value)],
    "site": lambda value: [tokens.token("site", value.removeprefix("www."))],
    "section": lambda value: [tokens.token("section", value)],
    "lang": lambda value: [tokens.token("lang", value)],
    "type": lambda value: [tokens.token("type", value)],
    "changed": lambda value: [tokens.token("changed", value)],
}
_STATES = ("removed", "missing", "moved", "changed", "corrected")
FIELDS = (*_COLUMNS, *_FACETS, "is", "published", "version")
"""Names that may stand before a colon."""

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<open>\() | (?P<close>\)) | (?P<not>-(?=[\w"(])) |
      (?P<field>[A-Za-z]+):(?=\S) |
      "(?P<phrase>(?:[^"]|(?<=[א-ת])"(?=[א-ת]))*)"(?P<phrase_star>\*)? | (?P<unclosed>") |
      (?P<near>NEAR\((?P<near_words>[^()]*)\)) |
      (?P<word>(?:[^\s()"]|(?<=[א-ת])"(?=[א-ת]))+)
    )""",
    re.VERBOSE,
)
_PLAIN = str.maketrans(
    {**dict.fromkeys("“”„‟«»＂", '"'), **dict.fromkeys("（", "("), **dict.fromkeys("）", ")")}
)
_UNREADABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
"""No query holds them on purpose; SQLite would end at the first, and refuse the others."""
_PERIOD = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query and where it stands."""

    kind: str
    text: str
    position: int
    """Characters from the start of the query."""
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """What a query asks for."""

    match: str | None
    """FTS5 expression; None when there is nothing to look for in the full text."""
    words: tuple[Sought, ...] = ()
    """What *match* looks for in texts, for snippets; nothing to rank by when there is none."""

    @property
    def has_beginnings(self) -> bool:
        """Return whether it asks for all words that begin with something: the full text gathers these anew at each asking."""
        return self.match is not None and '" *' in self.match


def parse(text: str, namesakes: Callable[[str], Sequence[str]] | None = None) -> Condition:
    """Return what the query *text* asks for. Raises QueryError, which knows the character, when it cannot be read.

    *namesakes* returns, of a folded name, the other folded names of the same party: who is asked for by ``by:`` is
    found under all of them.

    >>> parse('storm "sea wall"').match
    '{headline standfirst body captions credits variants}:"storm" AND {headline standfirst body captions credits variants}:"sea wall"'
    """
    return _Parser(text, namesakes).condition()


def read_tokens(text: str) -> list[Token]:
    """Return the pieces of *text*. Raises QueryError for a quotation mark that is not closed."""
    found: list[Token] = []
    position = 0
    while position < len(text.rstrip()):
        match = _TOKEN.match(text, position)
        assert match is not None
        kind = match.lastgroup or ""
        start = match.end() - len(match[0].lstrip())
        if match["unclosed"]:
            raise QueryError("this quotation mark is not closed", start)
        if match["phrase"] is not None:
            found.append(Token("phrase", match["phrase"], start, bool(match["phrase_star"])))
        elif match["near"]:
            found.append(Token("near", match["near_words"], start))
        elif match["word"]:
            word = match["word"]
            kind = word if word in {"AND", "OR", "NOT"} else "word"
            found.append(Token(kind, word.rstrip("*"), start, word.endswith("*")))
        else:
            found.append(Token(kind, match[kind], start))
        position = match.end()
    return found


class _Parser:
    """Reads ``or := and (OR and)*``, ``and := term ((AND)? (NOT|-)? term)*``, ``term := (or) | field:value | word``."""

    def __init__(self, text: str, namesakes: Callable[[str], Sequence[str]] | None) -> None:
        self._namesakes = namesakes
        self._text = _UNREADABLE.sub(" ", text).translate(_PLAIN)
        self._tokens = read_tokens(self._text)
        self._next = 0
        self._words: list[Sought] = []
        self._depth = 0

    def condition(self) -> Condition:
        match = self._or() if self._tokens else None
        if (extra := self._peek()) is not None:
            raise QueryError("this bracket closes nothing", extra.position)
        return Condition(match, tuple(self._words))

    def _peek(self) -> Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _take(self, kind: str) -> Token | None:
        token = self._peek()
        if token is not None and token.kind == kind:
            self._next += 1
            return token
        return None

    def _or(self) -> str:
        parts = [self._and()]
        while self._take("OR") is not None:
            parts.append(self._and())
        return parts[0] if len(parts) == 1 else "(" + " OR ".join(parts) + ")"

    def _and(self) -> str:
        wanted: list[str] = []
        unwanted: list[str] = []
        first = self._peek()
        while (token := self._peek()) is not None and token.kind not in {"OR", "close"}:
            if token.kind == "AND" and wanted:
                self._next += 1
                token = self._peek()
            negative = self._take("NOT") or self._take("not")
            (unwanted if negative else wanted).append(self._term(negative is not None))
        if not wanted and not unwanted:
            raise QueryError(
                "something to look for is missing here", first.position if first else len(self._text)
            )
        return _all_of(wanted, unwanted)

    def _term(self, is_negative: bool) -> str:  # noqa: FBT001  (one caller)
        token = self._peek()
        if token is None or token.kind in {"AND", "OR", "NOT", "close", "not"}:
            raise QueryError(
                "something to look for is missing here", token.position if token else len(self._text)
            )
        self._next += 1
        if token.kind == "open":
            return self._bracket(token)
        if token.kind == "field":
            return self._field(token, is_negative)
        if token.kind == "word" and token.text.endswith(":") and token.text[:-1].lower() in FIELDS:
            raise QueryError(
                f"{token.text} needs a value right behind the colon, without a blank", token.position
            )
        return self._look_for(token, TEXT, is_negative)

    def _look_for(self, token: Token, columns: str, is_negative: bool) -> str:  # noqa: FBT001
        words = _words(token)
        if not is_negative:
            self._words += [sought(columns, one, is_prefix=token.is_prefix) for one in words]
        return f"{{{columns}}}:{_expression(token, words)}"

    def _bracket(self, token: Token) -> str:
        self._depth += 1
        if self._depth > 50:
            raise QueryError("brackets are nested too deep", token.position)
        inner = self._or()
        self._depth -= 1
        if self._take("close") is None:
            raise QueryError("this bracket is not closed", token.position)
        return f"({inner})"

    def _field(self, field: Token, is_negative: bool) -> str:  # noqa: FBT001
        value = self._peek()
        if value is None or value.kind not in {"word", "phrase"} or not value.text:
            raise QueryError(f"{field.text}: needs a value right behind the colon", field.position)
        self._next += 1
        name = field.text.lower()
        if name in {"by", "credit"} and self._namesakes is not None and not value.is_prefix:
            return self._credited(value, self._namesakes, is_negative)
        if name in _COLUMNS:
            return self._look_for(value, _COLUMNS[name], is_negative)
        if name in _FACETS:
            return _any_facet(_FACETS[name](value.text))
        if name == "is":
            if value.text not in _STATES:
                raise QueryError(f"is: takes {', '.join(_STATES)}", value.position)
            return _any_facet([tokens.token("is", value.text)])
        if name == "published":
            return self._published(value)
        if name == "version":
            return self._version(value)
        raise QueryError(f"there is no field {field.text}; there are {', '.join(FIELDS)}", field.position)

    def _credited(
        self,
        value: Token,
        namesakes: Callable[[str], Sequence[str]],
        is_negative: bool,  # noqa: FBT001
    ) -> str:
        """Return the condition that *value*, or another name of the same party, is credited."""
        names = [*_words(value), *(other for name in _words(value) for other in namesakes(name))]
        if not is_negative:
            self._words += [sought(_COLUMNS["by"], name) for name in names]
        either = " OR ".join(f"{{{_COLUMNS['by']}}}:{_expression(value, [name])}" for name in names)
        return f"({either})" if len(names) > 1 else either

    def _published(self, value: Token) -> str:
        first, dots, last = value.text.partition("..")
        for part in (first, last):
            if (part and not _PERIOD.fullmatch(part)) or not (first or last):
                raise QueryError(
                    "published: takes 2015, 2015-11, 2015-11-30 or a span such as 2015-11..2016",
                    value.position,
                )
        try:
            return _any_of(tokens.of_span(first, last if dots else first))
        except ValueError as error:
            raise QueryError(f"published: takes dates that there are ({error})", value.position) from error

    def _version(self, value: Token) -> str:
        match = re.fullmatch(r"(>=|<=|>|<|=)?(\d{1,6})", value.text)
        if match is None:
            raise QueryError("version: takes a number, e.g. version:>1", value.position)
        return _versions(match[1] or "=", int(match[2]))


def _words(token: Token) -> list[str]:
    """Return the words that *token* looks for, folded: one piece, or those that must be near each other."""
    if token.kind == "near":
        words, _, distance = token.text.partition(",")
        if not (distance.strip() or "10").isdecimal() or not words.split():
            raise QueryError("NEAR( takes words and a distance: NEAR(ferry strike, 8)", token.position)
        return [fold(word) or "" for word in words.split()]
    folded = fold(token.text) or ""
    if not re.search(r"\w", folded):
        raise QueryError(f"{token.text} holds no letter or digit to look for", token.position)
    return [folded]


def _expression(token: Token, words: list[str]) -> str:
    quoted = " ".join('"' + word.replace('"', '""') + '"' for word in words)
    if token.kind == "near":
        return f"NEAR({quoted}, {int(token.text.partition(',')[2].strip() or 10)})"
    return f"{quoted}{' *' if token.is_prefix else ''}"


def _any_facet(names: list[str]) -> str:
    return _any_of([f'"{name}"' for name in names])


def _any_of(expressions: list[str]) -> str:
    return "facets:(" + " OR ".join(expressions) + ")"


_EVERYTHING = _any_facet([tokens.token("type", name) for name in tokens.ARTICLE_TYPES])
"""FTS5 has no expression for it; every article has the token of its kind of page."""

_NOTHING = '"xversnone"'
"""A token that no article has."""


def _versions(sign: str, number: int) -> str:
    """Return the expression for articles whose number of versions is ``>``, ``<=`` … *number*."""
    least, most = {
        ">": (number + 1, None), ">=": (number, None), "<": (1, number - 1), "<=": (1, number), "=": (number, number),
    }[sign]  # fmt: skip
    found = _EVERYTHING if least <= 1 else _any_of(tokens.of_more_versions(least - 1) or [_NOTHING])
    if most is not None:
        found = (
            f"({found} NOT {_any_of(tokens.of_more_versions(most) or [_NOTHING]) if most else _EVERYTHING})"
        )
    return found


def _all_of(wanted: list[str], unwanted: list[str]) -> str:
    found = " AND ".join(wanted or [_EVERYTHING])
    for part in unwanted:
        found = f"({found}) NOT {part}"
    return found
