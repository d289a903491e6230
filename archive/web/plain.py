"""Text of archived pages as something that can be shown beside other text."""

from __future__ import annotations

import re

_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Controls, and marks that turn the direction of what stands behind them: no title may reorder the page around it."""


def plain(text: object) -> str:
    """Return *text* as what can be shown: without controls and marks of direction; nothing for None."""
    return _INVISIBLE.sub("", "" if text is None else str(text))
