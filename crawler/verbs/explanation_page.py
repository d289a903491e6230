"""An explanation as one HTML file that needs nothing else, runs nothing and fetches nothing."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import TYPE_CHECKING

from archive.verbs.console import printable

if TYPE_CHECKING:
    from crawler.extraction.evidence import BlockEvidence, Candidate, Explanation, FieldEvidence

_STYLE = """
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fdfcf9; --rule: #8a8a84; --kept: #1f6f43; --out: #a3341f; --named: #1d4f91; --quiet: #666660; }
@media (prefers-color-scheme: dark) { :root { --ink: #ece9e2; --paper: #16171a; --rule: #74746f; --kept: #7fc79c; --out: #f0927d; --named: #8fb8ee; --quiet: #a3a39c; } }
body { margin: 0 auto; padding: 1rem 1rem 4rem; max-width: 60rem; font: 1.0625rem/1.5 Georgia, "Times New Roman", serif; color: var(--ink); background: var(--paper); overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 1rem 0 .25rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .25rem; border-top: 1px solid var(--rule); padding-top: .75rem; }
p { margin: .25rem 0; } .small, dt, .rule { font-family: system-ui, sans-serif; font-size: .875rem; color: var(--quiet); }
dl { margin: .5rem 0 0; } dt { margin-top: .5rem; } dd { margin: 0 0 0 1rem; } .chosen { font-weight: bold; } .chosen::before { content: "chosen: "; color: var(--kept); } .agrees::before { content: "the same: "; color: var(--quiet); }
ol { list-style: none; margin: .75rem 0 0; padding: 0; } li { margin: .4rem 0; padding: .15rem 0 .15rem .75rem; border-left: .3rem solid var(--rule); }
.text { border-color: var(--kept); } .left-out { border-color: var(--out); border-left-style: dashed; } .left-out bdi { text-decoration: line-through; text-decoration-color: var(--out); }
.headline, .standfirst, .byline, .credit-line { border-color: var(--named); border-left-style: double; } .elsewhere { border-left-style: dotted; color: var(--quiet); }
li .small { display: block; } details { margin-top: 1rem; } summary { cursor: pointer; }
"""


def as_html(found: Explanation) -> str:
    """Return the page. Everything of the archived page stands in it as text; its policy lets nothing run or load."""
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    article = found.article
    shown = "".join(_block(block) for block in found.blocks if block.use != "elsewhere")
    rest = "".join(_block(block) for block in found.blocks if block.use == "elsewhere")
    out = ", ".join(f"{count} {reason}" for reason, count in found.left_out.items()) or "nothing"
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{escape(policy)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">'
        f"<title>Why it is read so: {_text(article.headline or article.url)}</title><style>{_STYLE}</style></head><body><main>"
        f"<h1><bdi>{_text(article.headline or '(no headline)')}</bdi></h1><p class=small>{_text(article.url)}</p>"
        f"<p>{_text(article.page_type)}: {_text(article.reason)}. Encoding {_text(found.encoding or 'unknown')}; text from {_text(found.text_from)}.</p>"
        + "".join(map(_field, found.fields))
        + f"<h2>The text, block by block</h2><p class=small>Left out of the text's own box: {_text(out)}.</p><ol>{shown}</ol>"
        f"<details><summary>Blocks elsewhere on the page ({sum(b.use == 'elsewhere' for b in found.blocks)})</summary><ol>{rest}</ol></details>"
        "</main></body></html>\n"
    )


def _field(one: FieldEvidence) -> str:
    entries = "".join(
        f"<dt>{_text(candidate.found_in)}{f' (confidence {candidate.confidence:.2f})' if candidate.confidence is not None else ''}</dt>"
        f"<dd{_choice(candidate)}><bdi>{_text(candidate.raw)}</bdi>{f' ⇒ <bdi>{_text(candidate.read_as)}</bdi>' if candidate.read_as else ''}</dd>"
        for candidate in one.candidates
    )
    value = f"<bdi>{_text(one.value)}</bdi>" if one.value else "(none)"
    listed = f"<dl>{entries}</dl>" if entries else "<p class=small>No candidate.</p>"
    return f"<h2>{_text(one.name)}</h2><p>{value}</p><p class=rule>Rule: {_text(one.rule)}.</p>{listed}"


def _block(block: BlockEvidence) -> str:
    why = f": {_text(block.reason)}" if block.reason else ""
    links = f", {block.link_density:.0%} links" if block.link_density else ""
    return (
        f'<li class="{block.use.replace(" ", "-")}"><span class=small>{block.position} · {_text(block.use)}{why} · &lt;{_text(block.tag)}&gt;{links}</span>'
        f"<bdi>{_text(block.text)}</bdi></li>"
    )


def _choice(candidate: Candidate) -> str:
    return " class=chosen" if candidate.is_chosen else " class=agrees" if candidate.agrees else ""


def _text(text: str) -> str:
    """Return *text* as HTML text, without controls, halves of surrogate pairs, and what turns the direction of others."""
    return escape(printable(text))
