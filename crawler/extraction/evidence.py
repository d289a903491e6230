"""Why a page is read as it is: every field's candidates with their places and words, the choice, and each block's use.

Nothing here decides anything. The fields' own modules are asked for what they saw, and the article that came of it is
laid beside that; so an explanation can never tell another story than the reading. It costs about one more reading and
is made only when somebody asks.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from crawler.extraction.article import extract_article
from crawler.extraction.fields.body import find_text_container, read_body
from crawler.extraction.fields.byline import read_byline
from crawler.extraction.fields.byline_lines import visible_bylines
from crawler.extraction.fields.dates import date_candidates
from crawler.extraction.fields.headline import headline_candidates, read_headline
from crawler.extraction.fields.language import language_candidates
from crawler.extraction.fields.publisher import masthead_candidates, publisher_candidates
from crawler.extraction.fields.section import section_candidates
from crawler.extraction.fields.standfirst import description_candidates, read_standfirst
from crawler.extraction.text import fold, squash

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive.model import Article, DatedValue
    from crawler.extraction.blocks import Block
    from crawler.extraction.document import Document
    from crawler.extraction.fields.byline import Byline
    from crawler.extraction.fields.dates import Candidate as DateCandidate
    from crawler.extraction.fields.headline import Headline
    from crawler.extraction.fields.standfirst import Standfirst

MAX_CANDIDATES = 40
MAX_RAW = 300
LONG_ENOUGH = 12
"""Letters and digits of a value that can be told inside longer words."""

RULES = {
    "headline": "JSON-LD, microdata or state first; the h1 where og:title agrees with it against JSON-LD and the title does not, or where JSON-LD is cut off; site's name and kicker go",
    "standfirst": "what stands between headline and text and is named a summary, or is given as the description too",
    "byline": "the line near the headline that names somebody whom the data name too; else one that says By; else the first that can be a name",
    "date_published": "the first that can be read, with the page's offset, else the profile's zone, else the one of the country; one of the same day that says more is preferred",
    "date_modified": "the first that can be read and is not before the day of publication",
    "section": "profile, structured data, meta tags, breadcrumb, path above the headline",
    "language": "what the page declares, unless its text speaks against it; else what the text looks like",
    "publisher": "profile, structured data, og:site_name and its like, the masthead in titles",
    "masthead": "og:site_name, application-name, what title and link home both say, profile",
    "paywalled": "isAccessibleForFree, else a content tier in meta tags, else an invitation to subscribe in a box named paywall",
    "canonical_url": "link rel=canonical, og:url, JSON-LD; never a home page of which the page is none",
    "credits": "the visible byline before structured data; the same party and role once",
}
"""Field → how its candidates are ranked. Where a site profile selects something, that comes first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Something on the page that could have become the field."""

    found_in: str
    """json-ld, meta, h1, byline, in the text …"""
    raw: str
    """The page's words."""
    read_as: str | None = None
    """What was made of them, where that differs."""
    is_chosen: bool = False
    agrees: bool = False
    """Says the same as the one that was chosen."""
    confidence: float | None = None
    """0 to 1, where the field has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldEvidence:
    """One field: what was chosen, and out of what."""

    name: str
    value: str | None
    rule: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockEvidence:
    """One block of text of the page, and what it was taken for."""

    position: int
    tag: str
    text: str
    use: str
    """headline | standfirst | byline | text | credit line | left out | elsewhere"""
    reason: str | None
    """Why it was left out."""
    link_density: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The reading of one page with its reasons."""

    article: Article
    encoding: str | None
    text_from: str
    """page, json-ld or state: where the text stood."""
    fields: tuple[FieldEvidence, ...]
    blocks: tuple[BlockEvidence, ...]
    left_out: dict[str, int] = field(default_factory=dict)
    """Reason → how many blocks of the text's own box were left out for it."""


def explain(document: Document) -> Explanation:
    """Return why *document* is read as it is. Pure, as the reading itself; never fails on bad input."""
    article = extract_article(document)
    if document.json is not None or document.root is None:
        return Explanation(article=article, encoding=None, text_from="state", fields=(), blocks=())
    headline = read_headline(document)
    container = find_text_container(document, headline)
    standfirst = read_standfirst(document, headline, container)
    byline = read_byline(document, headline)
    body = read_body(document, headline, standfirst, container, (byline.raw,) if byline.raw else ())
    blocks = tuple(_blocks(document, article, headline, standfirst, byline, _uses(body.kept)))
    left_out: dict[str, int] = {}
    for block in blocks:
        if block.reason:
            left_out[block.reason] = left_out.get(block.reason, 0) + 1
    return Explanation(
        article=article,
        encoding=document.encoding,
        text_from=body.source,
        fields=tuple(_fields(document, article, headline, byline)),
        blocks=blocks,
        left_out=left_out,
    )


def _fields(
    document: Document, article: Article, headline: Headline, byline: Byline
) -> Iterator[FieldEvidence]:
    yield _evidence("headline", article.headline, headline_candidates(document))
    yield _evidence("standfirst", article.standfirst, description_candidates(document))
    lines = [("near the headline", text) for text in visible_bylines(document, headline)]
    yield _evidence("byline", byline.raw, [*lines, *((source, name) for name, source in byline.structured)])
    published, modified = date_candidates(document, headline.position)
    yield _dated("date_published", article.date_published, published)
    yield _dated("date_modified", article.date_modified, modified)
    yield _evidence("section", article.section, section_candidates(document, article.headline))
    text = " ".join(article.body[:20])
    yield _sure(
        _evidence("language", article.language, language_candidates(document, text)),
        article.language_confidence,
    )
    yield _evidence("publisher", article.publisher, publisher_candidates(document))
    yield _evidence("masthead", article.masthead, masthead_candidates(document))
    yield _said(
        "paywalled",
        None if article.paywalled is None else str(article.paywalled).lower(),
        article.paywall_reason,
    )
    urls = [
        ("link rel=canonical", document.canonical_url),
        *(("og:url", url) for url in document.meta.raw("og:url")),
    ]
    urls += [(one.source, one.url) for one in document.structured]
    yield _evidence("canonical_url", article.canonical_url, [(where, url) for where, url in urls if url])
    yield _credits(article)


def _evidence(name: str, value: str | None, found: Iterable[tuple[str, str]]) -> FieldEvidence:
    """Return the candidates of one field; those whose words are the value's, or hold it, agree, and the first of them is chosen."""
    key = fold(value)
    stands = ((where, squash(raw)[:MAX_RAW]) for where, raw in found if squash(raw))
    pairs = list(dict.fromkeys(stands))[:MAX_CANDIDATES]
    same = [n for n, (_, raw) in enumerate(pairs) if key and fold(raw) == key]
    holding = [n for n, (_, raw) in enumerate(pairs) if len(key) > LONG_ENOUGH and key in fold(raw)]
    chosen = (same or holding)[:1]
    return FieldEvidence(
        name=name,
        value=value,
        rule=RULES[name],
        candidates=tuple(
            Candidate(found_in=where, raw=raw, is_chosen=n in chosen, agrees=n in same or n in holding)
            for n, (where, raw) in enumerate(pairs)
        ),
    )


def _sure(evidence: FieldEvidence, confidence: float) -> FieldEvidence:
    """Return *evidence* with the *confidence* of what was chosen."""
    candidates = tuple(
        replace(one, confidence=confidence) if one.is_chosen else one for one in evidence.candidates
    )
    return replace(evidence, candidates=candidates)


def _said(name: str, value: str | None, reason: str | None) -> FieldEvidence:
    found = (Candidate(found_in="page", raw=reason, is_chosen=True, agrees=True),) if reason else ()
    return FieldEvidence(name=name, value=value, rule=RULES[name], candidates=found)


def _dated(name: str, value: DatedValue | None, found: Sequence[DateCandidate]) -> FieldEvidence:
    found = list({(one.found_in, one.raw): one for one in found}.values())
    wanted = (value.value, value.found_in) if value else None
    same = [n for n, one in enumerate(found) if value and one.moment.iso == value.value]
    chosen = [n for n in same if (found[n].moment.iso, found[n].found_in) == wanted][:1]
    candidates = tuple(
        Candidate(
            found_in=one.found_in,
            raw=one.raw[:MAX_RAW],
            read_as=one.moment.iso,
            is_chosen=n in chosen,
            agrees=n in same,
            confidence=value.confidence if value and n in chosen else one.dated().confidence,
        )
        for n, one in enumerate(found)
    )
    return FieldEvidence(
        name=name, value=value.value if value else None, rule=RULES[name], candidates=candidates
    )


def _credits(article: Article) -> FieldEvidence:
    candidates = tuple(
        Candidate(
            found_in=credit.found_in,
            raw=credit.raw[:MAX_RAW],
            read_as=f"{credit.role}: {credit.name} ({credit.agency or credit.kind})",
            is_chosen=True,
            agrees=True,
            confidence=credit.confidence,
        )
        for credit in article.credits
    )
    named = ", ".join(dict.fromkeys(credit.agency or credit.name for credit in article.credits))
    return FieldEvidence(name="credits", value=named or None, rule=RULES["credits"], candidates=candidates)


def _uses(kept: object) -> dict[int, tuple[str, str | None]]:
    """Return block position → (use, reason) of the blocks in the text's box."""
    uses: dict[int, tuple[str, str | None]] = {}
    for block in getattr(kept, "blocks", ()):
        uses[block.position] = ("text", None)
    for block, reason in getattr(kept, "dropped", ()):
        uses[block.position] = ("left out", reason)
    return uses


def _blocks(
    document: Document,
    article: Article,
    headline: Headline,
    standfirst: Standfirst,
    byline: Byline,
    uses: dict[int, tuple[str, str | None]],
) -> Iterator[BlockEvidence]:
    lines = {fold(line) for line in article.credit_lines}
    for block in document.outline.blocks:
        use, reason = uses.get(block.position, ("elsewhere", None))
        if headline.position and block.position == headline.position:
            use, reason = "headline", None
        elif use != "text" and standfirst.text and block.position == standfirst.position:
            use, reason = "standfirst", None
        elif use != "text" and _is_byline(block, byline):
            use, reason = "byline", None
        elif use == "text" and fold(block.text) in lines:
            use = "credit line"
        yield BlockEvidence(
            position=block.position,
            tag=block.tag,
            text=block.text,
            use=use,
            reason=reason,
            link_density=round(block.link_density, 2),
        )


def _is_byline(block: Block, byline: Byline) -> bool:
    return bool(byline.raw) and len(block.text) < 2 * MAX_RAW and fold(byline.raw) in fold(block.text)
