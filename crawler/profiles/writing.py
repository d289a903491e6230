"""Writes a profile for a person to go on with: what is known stands there, what may be wanted stands commented out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def toml_list(values: Sequence[str]) -> str:
    """Return *values* as a TOML list, one a line when there is more than one."""
    quoted = [json.dumps(value, ensure_ascii=False) for value in values]
    return (
        f"[{', '.join(quoted)}]"
        if len(quoted) < 2
        else "[\n" + "".join(f"    {value},\n" for value in quoted) + "]"
    )


def setting(key: str, value: str | None, words: str, *, example: str = "") -> str:
    """Return one key with its explanation; without a *value* it is commented out and shows *example*."""
    if value is None:
        return f"# {words}\n# {key} = {example}\n"
    return f"# {words}\n{key} = {value}\n"
