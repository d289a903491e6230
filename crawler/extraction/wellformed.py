"""Articles that can be written down: text without lone halves of surrogate pairs."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

from archive.model import Attribution, Credit, DatedValue, Image, Medium

if TYPE_CHECKING:
    from archive.model import Article

_Value = TypeVar("_Value")
_PARTS = (Attribution, Credit, DatedValue, Image, Medium)


def well_formed(article: Article) -> Article:
    """Return *article* with U+FFFD where a text holds half of a surrogate pair; *article* itself where none does.

    JSON may hold such halves (RFC 8259, 8.2), and pages do: where a headline was cut in the middle of an emoji. UTF-8
    cannot write them, so neither the index nor any output could take the article.
    """
    return _mended(article)


def _mended(value: _Value) -> _Value:
    changes: dict[str, Any] = {}
    for field in fields(value):  # type: ignore[arg-type]  # records only, see _mend
        before = getattr(value, field.name)
        after = _mend(before)
        if after is not before:
            changes[field.name] = after
    return replace(value, **changes) if changes else value  # type: ignore[type-var]  # as above


def _mend(value: Any) -> Any:
    if isinstance(value, str):
        return _whole(value)
    if isinstance(value, tuple):
        mended = tuple(map(_mend, value))
        return mended if any(new is not old for new, old in zip(mended, value, strict=True)) else value
    return _mended(value) if isinstance(value, _PARTS) else value


def _whole(text: str) -> str:
    r"""Return *text* with its pairs joined and U+FFFD for halves that stand alone.

    >>> ascii(_whole("a\ud83d b\ud83d\ude00"))
    "'a\\ufffd b\\U0001f600'"
    """
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
