"""Agencies that running text cites: "AFP reported", "laut dpa", "передает ТАСС". Cited is not credited."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.extraction.credits.agencies import Mention, agency_table

if TYPE_CHECKING:
    from collections.abc import Iterator

NEAR = 60
_VERBS = (
    r"report(?:s|ed|ing)|said|says|wrote|writes|quot(?:es|ed|ing)|cit(?:es|ed|ing)|not(?:es|ed)|add(?:s|ed)|estimat(?:es|ed)|calculat(?:es|ed)|counted|revealed|carried|learned|"
    r"berichte(?:t|te|ten|n)|melde(?:t|te|ten|n)|schreib(?:t|en)|schrieb(?:en)?|zitier(?:t|te)|unter Berufung|zufolge|erfuhr|"
    r"rapporte(?:nt)?|a rapporté|indique|a indiqué|précise|écrit|informe|annonce|citant|"
    r"inform(?:ó|a|aron)|report(?:ó|a)|public(?:ó|a)|señal(?:ó|a)|noticiou|informou|relatou|divulgou|"
    r"riferisce|riporta|ha riferito|scrive|batte|meldt|meldde|bericht|schrijft|rapporterar|skriver|uppger|rapporterer|melder|opplyser|kertoo|uutisoi|raportoi|"
    r"podaje|podała|informuje|poinformowała|donosi|uvedla|informovala|napsala|píše|írja|jelentette|közölte|relatează|transmite|scrie|javlja|prenosi|piše|"
    r"сообща(?:ет|ют|ла|ло)|сообщило|сообщил[аи]?|пиш(?:ет|ут)|переда(?:ет|ёт|ют|ла|ло)|повідомля(?:є|ють)|пише|съобщава|предаде|јавља|преноси|μεταδίδει|αναφέρει|μετέδωσε|"
    r"bildirdi|duyurdu|haber (?:verdi|geçti)|aktardı|melaporkan|đưa tin|dẫn|"
    r"דיווחה?|מדווחת?|נקלה|ذكرت|أفادت|نقلت|की रिपोर्ट|के मुताबिक|के अनुसार|ने बताया|ने कहा"
)
_SAID = re.compile(
    r"^[\"'”’»]?\s*(?:(?:news agency|agency|newswire|Nachrichtenagentur|reporters?|journalists? (?:at the scene )?)\s+)?(?:has |have |had |also |later |first |earlier |previously |hat |ha |a |har |on \w+ |am \w+ |le \w+ )?"
    r"(?:"
    + _VERBS
    + r")\b|^(?:が|は)?(?:報じ|伝え|報道|によると)|^(?:报道|報道|報導|消息)|^(?:에 따르면|은|는|이|가)? ?(?:보도|전했|밝혔)|^에 따르면",
    re.IGNORECASE,
)
_LATER = re.compile(r"^(?:\s+[^\s.,;:]{1,14}){1,4}?\s+(?:" + _VERBS + r")\b", re.IGNORECASE)
"""A few words between an agency and its verb: "Agentura ČTK o tom informovala"."""
_POSTPOSED = re.compile(
    r"^(?:['’]\w{1,4}|:\w{1,4})?(?: \w{1,12}['’]\w{1,4})?\s+(?:haberine göre|haberinde|aktardığına göre|bildirdiğine göre|verdiği bilgiye göre|mukaan|tietojen mukaan|szerint|jelentése szerint|értesülése szerint|andmetel|teatel|duomenimis|pranešimu)\b"
    r"|^(?:통신)?[은는이가] [^.]{0,30}?(?:보도했|보도한|전했|밝혔)",
    re.IGNORECASE,
)
"""Languages that say "according to" behind the name, with an ending on it."""
_LINK = r"[\s,]*(?:(?:officielle|oficial|ufficiale|officiële|amtliche[rn]?|staatliche[rn]?|nationale|estatal|statliga|statlige|státní|państwowa|държавната|государственное|ensin|först|først|zuerst|earlier|first|o tom|to|hãng tin|hãng thông tấn|the|a|an|die|der|das|den|dem|la|le|les|l[’']|el|los|o|os|as|il|lo|gli|de|het|state[- ](?:run|owned|media|controlled)|official|semi-official|russian|russische[nr]?|российский|chinese|turkish|iranian|german|french|local|news|wire|press|national|media|agency|agencies|agentur|nachrichtenagentur|presseagentur|agence|agence de presse|presse|agencia|agencias|de noticias|noticias|agência|agencias de|agenzia|di stampa|nyhetsbyrån|nyhetsbyrået|nyhedsbureauet|persbureau|uutistoimisto|agencja|agencji|agentura|agentury|ügynökség|agenția|agencija|haber ajansı|kantor berita|агентство|агентства|агентству|информагентство|агенция|агенцията|агенција|το|τη|του|πρακτορείο|וכالة|סוכנות הידיעות|סוכנות|وكالة|وكالة أنباء|أنباء|by|from|service|figures|data|reports?|als|so)[\s,]*){0,5}[\"'“„«]?$"
"""Articles and "news agency" between "according to" and the name."""
_ACCORDING = re.compile(
    r"\b(?:according to|as reported by|reported by|reports? (?:by|from|in|of)|quoted by|cited by|published by|obtained by|seen by|reviewed by|compiled by|tally by|citing|quoting|per|via|told by"
    r"|laut|zufolge|(?:nach )?(?:angaben|informationen|recherchen|berichten) (?:der|des|von)|wie|berichtet(?:e)?|meldet(?:e)?|schreibt|unter berufung auf|mit bezug auf"
    r"|selon|a indiqué|a annoncé|a affirmé|a fait savoir|ont indiqué|a révélé|a confié à|d[’']après|rapporté par|cité par|citée par|cités par|indique|rapporte|a rapporté|précise"
    r"|según|de acuerdo con|citad[oa]s? por|recogid[oa]s? por|difundid[oa]s? por|informó|informa|publicad[oa] por|segundo|de acordo com|conforme|citad[oa] pela|noticiou|informou"
    r"|secondo|riportat[oa] da(?:ll)?|citat[oa] da(?:ll)?|riferisce|scrive|riporta|volgens|aldus|meldt|enligt|rapporterar|skriver|uppger|ifølge|i følge|melder|skriver|rapporterer"
    r"|mukaan|kertoo|kertoi|uutisoi|podle|podľa|uvádí|píše|za|podaje|podała|podał|przekazała|uvedla|uvedl|informovala|napsala|poinformowała|bildirdi|jak podaje|jak informuje|informuje|według|cytowan[yae] przez|szerint|írja|potrivit|conform|transmite|relatează|prema|javlja|prenosi|piše|po poročanju"
    r"|prema pisanju|po pisanju|menurut|dikutip dari|dilansir(?: dari)?|melansir|mengutip|lapor|theo|göre"
    r"|переда[её]т|передают|сообща(?:ет|ют)|сообщил[аио]?|пиш(?:ет|ут)|по данным|по сообщению|со ссылкой на|цитирует|повідомляє|передає|за даними|з посиланням на|пише|съобщава|предава|предаде|предадоха|съобщи|съобщиха|пише|според|по информация на|јавља|преноси|према"
    r"|σύμφωνα με|όπως μεταδίδει|μεταδίδει|αναφέρει)" + _LINK,
    re.IGNORECASE,
)
_ACCORDING_OTHER = re.compile(
    r"(?:به گزارش|به نقل از|بنا به گزارش|بنا بر گزارش|کے مطابق|על פי|לפי|כך דיווחה?|דיווחה?(?:\s+ב)?|דווח ב|בחסות|بحسب|حسب|وفقا ل|وفقاً ل|نقلا عن|نقلاً عن|و?(?:ذكرت|أفادت|قالت|نقلت|أوردت|أكدت|بثت|أعلنت)|据|據|引述|援引)"
    + _LINK,
    re.IGNORECASE,
)
"""The same in scripts without capitals, some without spaces."""
_OF_AGENCY = re.compile(
    r"(?:nyhetsbyrån|nyhetsbyrået|nyhedsbureauet|news agency|newswire|Nachrichtenagentur|Agentur|agence de presse|l[’']agence|la agencia|agencia|agência|agenzia(?: di stampa)?|persbureau|uutistoimisto|agentúra|agentúry|agencija|agencije|agenție|agenția|ügynökség|agency|state media|state-run media|state television|state TV|state radio|news site|hãng tin|hãng thông tấn|агентство|агентству|агенција|агенцията|агенції|агентством|агенство|агентства|агенция|πρακτορείο|وكالة|סוכנות הידיעות|haber ajansı|agencja|agencji|agentura|agentuře)\s+[\"'“„«]?$",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:told|tell|tells|telling|said to|spoke to|speaking to|speaks to|spoke with|speaking with|talking to|interview with|contacted by|asked by|approached by|gegenüber|sagte(?:n)? (?:der|die)|erklärte(?:n)? (?:der|die)|sprach mit|à|déclaré à|dit à|a\s+|dijo a|declaró a|disse à|disse a|ha detto a|zei tegen|tegen|tegenover|till|säger .{0,12}till|sa til|til|fortæller .{0,12}til|kertoi|řekl|řekla|uvedl pro|powiedział|powiedziała|сказал|заявил|в интервью|рассказал|для|ל)\s+(?:the |der |die |la |l[’']|el |agency |news agency |Nachrichtenagentur |Agentur |agence |agencia )*[\"'“„«]?$",
    re.IGNORECASE,
)
_ITS_INFORMATION = re.compile(r"^-(?:Information|Angaben|Bericht|Meldung|Recherche)")
_AFTER = re.compile(r"\b(?:nach|laut|aus|gemäß|unter berufung auf)\s$", re.IGNORECASE)
"""German: "Nach dpa-Informationen"."""
_REPORTS = re.compile(
    r"\b(?:javlja|prenosi|poroča|dikutip dari|dilansir|dilansir dari|melansir|mengutip)\s+$", re.IGNORECASE
)
"""Words after which a word that means other things too is an agency's name."""
_CITING = re.compile(r"^,?\s+(?:citing|quoting|unter Berufung|citant|citando)\b", re.IGNORECASE)
_OWN_STATEMENT = re.compile(r"^\s*(?:said|says)\s+(?:he|she|it|its|they|in a statement)\b")
_NO_CITE = re.compile(
    r"^-(?!Information|Angaben|Bericht|Meldung)\w|^\s*(?:headquarters|building|office|offices|bureau|terminal|course|courses|resident|journalists?\b(?! report)|photographer|cameraman|correspondent|poll|survey|institute|foundation|adviser|employees?|staff|style|test|exam|class|classes|students?|leader|officials?|Hauptquartier|Zentrale|Gebäude|Mitarbeiter|Journalist)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cited:
    """An agency that a text cites."""

    mention: Mention
    start: int


def cited_agencies(text: str) -> Iterator[Cited]:
    """Yield the agencies that *text* cites as sources, in order; not those it only talks about or talks to."""
    mentions = agency_table().find_names(text)
    last_end, last_cited = -10, False
    for mention in mentions:
        before, after = (
            _clause(text[max(0, mention.start - NEAR) : mention.start]),
            text[mention.end : mention.end + NEAR],
        )
        chained = last_cited and bool(
            re.fullmatch(
                r"[\"'”»]?\s*(?:,|and|und|et|y|e|и|та|og|och|en|i|,\s*\w{1,5}|ו|و)?\s*(?:the |die |l[’']|la )?[\"'“„«]?",
                text[last_end : mention.start],
                re.IGNORECASE,
            )
        )
        cited = (chained or _is_cited(mention, before, after, text)) and mention.agency.kind not in {
            "generic",
            "photo",
            "pr",
        }
        if cited:
            yield Cited(mention, mention.start)
        last_end, last_cited = mention.end, cited


def _clause(before: str) -> str:
    """Return the words of *before* that belong to the sentence at its end."""
    end = before.rfind(". ")
    return (
        before[end + 1 :]
        if end > 2 and before[end - 2 : end].islower() and before[end - 2 : end].isalpha()
        else before
    )


def _is_cited(mention: Mention, before: str, after: str, text: str) -> bool:
    name = text[mention.start : mention.end]
    if (name.isascii() and name.islower() and len(name) > 3) or _NO_CITE.match(after):
        return False
    printed_as_a_word = mention.ambiguous and not (name.isupper() or not name.isascii())
    if printed_as_a_word and _REPORTS.search(before):
        return True
    if printed_as_a_word and not _OF_AGENCY.search(before):
        return False
    if name == "Thomson Reuters" or re.search(r"\b(?:Mr|Mrs|Ms|Michael)\.?\s$", before):
        return False
    if _ITS_INFORMATION.match(after) and _AFTER.search(before):
        return True
    said = _SAID.match(after) or _CITING.match(after)
    if _POSTPOSED.match(after):
        return True
    if not said and _TOLD.search(before):
        return bool(re.search(r"nyhetsbyrån\s+$|nyhetsbyrået\s+$", before))
    return _says(mention, before, after, text, said.group().strip() if said else "")


def _says(mention: Mention, before: str, after: str, text: str, said: str) -> bool:
    """Return whether the agency reports (*said* is its verb), or words before it say that it did."""
    doubtful = mention.ambiguous and mention.agency.code != "AP" and not _OF_AGENCY.search(before)
    if said and _OWN_STATEMENT.match(after):
        return False
    if said and _subject(mention, before) and not (doubtful and said in {"said", "says"}):
        return True
    if _ACCORDING.search(before) or (not before.isascii() and _ACCORDING_OTHER.search(before)):
        return not (doubtful and re.search(r"\b(?:the|The|la|el|die|der)\s$", before))
    return _of_agency(mention, before, after, text)


def _of_agency(mention: Mention, before: str, after: str, text: str) -> bool:
    """Return whether "the news agency X" is cited: by a verb that comes later, or at the end of its clause."""
    if not _OF_AGENCY.search(before):
        return False
    ends = bool(re.match(r"\s*(?:[,.)\"»”]|$|that|att|dass|que|che|что)", after))
    return bool(_LATER.match(after)) or (not mention.ambiguous and ends and _speech(text))


def _subject(mention: Mention, before: str) -> bool:
    """Return whether the agency begins a clause, so that the verb behind it is its own."""
    if _OF_AGENCY.search(before):
        return True
    if not mention.ambiguous:
        return not re.search(r"\b(?:who|which|that|employee|spokesman|at|for|with|of|from)\s+$", before)
    return not before.strip() or bool(
        re.search(
            r"[,.;:\"”»]\s*(?:the |die |l[’']|la )?$|\b(?:the|die|wie|as|and|und)\s+$", before, re.IGNORECASE
        )
    )


def _speech(text: str) -> bool:
    return bool(
        re.search(
            r"\b(?:uppger|säger|enligt|meldet|berichtet|according|reported|said|rapporte|informó|сообща|передает|переда)",
            text,
            re.IGNORECASE,
        )
    )
