"""What kind of writing an article is: news, opinion, review … ``page_type`` tells what kind of page it stands on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.extraction.jsonld import types_of
from crawler.extraction.text import fold

if TYPE_CHECKING:
    from crawler.extraction.document import Document

GENRES = ("news", "opinion", "analysis", "interview", "review", "obituary", "recipe", "live", "gallery", "video", "press-release", "sponsored", "satire")  # fmt: skip
_TYPES = {
    "OpinionNewsArticle": "opinion",
    "ReviewNewsArticle": "review",
    "CriticReview": "review",
    "AnalysisNewsArticle": "analysis",
    "BackgroundNewsArticle": "analysis",
    "AdvertiserContentArticle": "sponsored",
    "SatiricalArticle": "satire",
    "LiveBlogPosting": "live",
    "Recipe": "recipe",
    "ReportageNewsArticle": "news",
}
"""schema.org types → genre."""
_PAGES = {"live-blog": "live", "gallery": "gallery", "video": "video"}
_WORDS = {
    "opinion": "opinion opinions oped op-ed comment commentisfree commentary columnists columnist column columns editorial editorials letters viewpoint viewpoints perspective perspectives meinung kommentar kommentare kolumne kolumnen leitartikel gastbeitrag gastkommentar glosse standpunkt debatte éditorial editos édito chronique chroniques tribune tribunes opinión opiniones columnas tribuna opinião opinioni editoriali commenti editoriale rubriche mening meninger debatt debat leder ledare kronikk opinie opinia komentarz felieton publicystyka názory komentář vélemény mielipide yazarlar köşe-yazıları мнения мнение колонка דעות رأي آراء 社説 論説 コラム 사설 칼럼 评论 社论",
    "analysis": "analysis analyse analysen hintergrund décryptage análisis análise analisi explainer explained analiza analys 解説",
    "interview": "interview interviews entretien entrevista entrevistas intervista interviste interjú gespräch wywiad intervju rozhovor haastattelu röportaj интервью ראיון インタビュー 인터뷰 专访",
    "review": "review reviews rezension rezensionen kritik kritiken critique critiques reseña reseñas crítica recensione recensioni recensie recensies anmeldelse anmeldelser recension recensioner recenzja recenze 書評",
    "obituary": "obituary obituaries obits nachruf nachrufe nécrologie obituario obituarios necrológica necrologi necrologie nekrolog minneord 訃報",
    "recipe": "recipe recipes rezept rezepte recette recettes receta recetas ricetta ricette recept recepten oppskrift opskrift przepis przepisy レシピ",
    "press-release": "pressrelease press-release press-releases presseportal pressemitteilung pressemitteilungen communiqué communiqués prnewswire businesswire pressmeddelande pressemelding",
    "sponsored": "sponsored sponsored-content advertorial advertorials paid-post paidpost branded-content partner-content anzeige publireportage publirreportaje",
}
_BY_WORD = {fold(word): genre for genre, words in _WORDS.items() for word in words.split()}
_PARTS = re.compile(r"[/:|,–—>]+")


def read_genre(
    document: Document, page_type: str, *, section: str | None, kicker: str | None, headline: str | None
) -> tuple[str, str]:
    """Return (genre, why): what the page declares; else what page type, kicker, section, address or headline's label say; else news.

    ``why`` names the place: it is a guess where that is a word of the address or the headline.
    """
    types = [name for article in document.structured for name in article.types]
    types += [name for item in document.json_ld for name in types_of(item)]
    for name in types:
        if name in _TYPES:
            return _TYPES[name], f"declared {name}"
    if page_type in _PAGES:
        return _PAGES[page_type], f"page type {page_type}"
    label = (headline or "").partition(":")[0]
    for where, text in (("kicker", kicker), ("section", section), ("headline's label", label)):
        for part in _PARTS.split(text or ""):
            if genre := _BY_WORD.get(fold(part)):
                return genre, f"{where}: {part.strip()}"
    for part in urlsplit(document.url).path.split("/")[:-1]:
        if genre := _BY_WORD.get(fold(part)):
            return genre, f"address: {part}"
    return "news", "nothing says otherwise"
