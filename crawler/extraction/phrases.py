"""Words by which furniture gives itself away, in the languages of the press."""

from __future__ import annotations

import re


class Phrases:
    """A pattern in lower case, tried on the lower case of a text: several times faster than one that ignores case."""

    def __init__(self, pattern: str) -> None:
        self._pattern = re.compile(pattern)

    def match(self, text: str) -> bool:
        """Return whether *text* begins with the pattern."""
        return self._pattern.match(text.lower()) is not None

    def search(self, text: str) -> bool:
        """Return whether the pattern stands anywhere in *text*."""
        return self._pattern.search(text.lower()) is not None


END_OF_ARTICLE = Phrases(
    r"^\W*(?:(?:\d+\s+)?(?:comments?|kommentare?|commentaires?|comentarios?|comentários?|commenti|komentarze|reacties|yorumlar|комментарии|评论|댓글|コメント)"
    r"|leave a (?:reply|comment)|(?:schreibe?n? )?(?:sie )?(?:einen )?kommentar(?: schreiben| verfassen| hinzufügen)?|post a comment|join the (?:conversation|discussion)"
    r"|deja (?:un comentario|una respuesta)|laisser un commentaire|lascia un commento|dodaj komentarz|deixe um comentário|"
    r"related (?:articles?|stories|posts?|news|content|topics|links|reading|coverage)|more (?:from|on|stories|news|in|like this|about)\b.{0,60}|read (?:more|next)"
    r"|you (?:may|might) (?:also )?(?:like|be interested in).{0,20}|recommended(?: for you| stories| reading| articles)?|(?:most|meist)(?: popular| read| viewed|gelesen).{0,20}|trending(?: now| stories)?|popular(?: posts| stories)?"
    r"|mehr (?:zum thema|aus|von|über|news|artikel|lesen)\b.{0,50}|(?:das )?könnte (?:sie|dich) auch interessieren.{0,10}|ähnliche (?:artikel|beiträge|themen)|weitere (?:artikel|themen|beiträge|nachrichten|meldungen|news|links)\b.{0,50}"
    r"|(?:das (?:thema )?)?könnte (?:sie|dich) auch interessieren\W*|zum weiterlesen|noch mehr (?:infos|zum thema|artikel)\b.{0,30}|weitere aktuelle .{0,50}|be sociable.{0,10}|permalink|permalien|auch interessant|verwandte (?:artikel|themen|beiträge)|passend dazu|lesen sie (?:auch|mehr).{0,40}|zum thema|empfohlen.{0,30}|"
    r"(?:à|a) lire (?:aussi|également)|sur le même (?:sujet|thème)|articles? (?:liés|similaires|associés)|(?:artículos|noticias|notas|contenido) relacionad[oa]s?.{0,20}|te puede interesar|lee también|más (?:noticias|información|sobre)\b.{0,40}"
    r"|(?:leia|veja) (?:também|mais).{0,30}|(?:notícias|matérias|artigos|conteúdo) relacionad[oa]s?|leggi anche|articoli correlati|potrebbe interessarti.{0,20}|czytaj (?:też|także|również|więcej).{0,40}|zobacz (?:też|także|również|więcej).{0,40}|polecane|powiązane.{0,20}"
    r"|lees (?:ook|meer).{0,30}|meer (?:over|nieuws)\b.{0,30}|læs også|les også|läs (?:också|mer|även)|lue myös|ilgili haberler|читайте (?:также|ещё|еще).{0,40}|по теме|похожие (?:статьи|новости)|関連記事.{0,10}|あわせて読みたい|関連ニュース|相关(?:阅读|新闻|文章|链接).{0,5}|推荐阅读|延伸閱讀|관련\s?(?:기사|뉴스).{0,5}"
    r"|about the authors?|über den autor|über die autorin|zur person|share this.{0,40}|teilen(?: mit)?|diesen (?:artikel|beitrag) teilen|gefällt mir.{0,20}|like this|tags|schlagwörter|schlagworte|filed under|newsletter|latest (?:news|stories|articles).{0,20}|neueste.{0,30}|aktuelle (?:beiträge|artikel|news|themen)|das neueste.{0,40}|top[- ]?(?:news|stories|themen)|editors'? picks?|what to read next|featured.{0,30}|sponsored(?: content)?|around the web|from the web|promoted stories"
    r")\s*(?:\(\d+\))?[\s:.…!?»›>]*$",
)
"""A heading (or short line) with which the article is over."""

COMMENTS = Phrases(
    r"^\W*(?:\d+\s+)?(?:(?:top |reader |user |leser)?(?:comments?|kommentare?|commentaires?|comentarios?|comentários?|commenti|komentarze|reacties|discussion|leave a|post a comment)|.{0,20}\bkommentar)"
)
"""Labels of the comments."""

LEAD_INS = Phrases(
    r"^\W*(?:read (?:more|also|next|the full|full story|:)|also read|see also|related(?: (?:articles?|story|stories|coverage|news|posts?|content|links?|topics?))?\s*[:|-]|more:|more (?:on|from|about)\b.{0,60}:|don't miss|must read|watch(?: now| more| live| this| video)?\s*:|listen(?: now| to)?\s*:|check out(?: our)?\b.{0,60}:|click here"
    r"|(?:lesen|sehen|hören) sie (?:auch|hier|dazu|mehr|außerdem|weiter)|lies (?:auch|hier|dazu|mehr)|mehr (?:zum thema|dazu|infos?|informationen|lesen|erfahren)\b|weiterlesen|auch interessant|passend (?:dazu|zum thema)|siehe auch|zum thema\s*:|hier geht(?:'|’)?s (?:zu|weiter)|weitere (?:infos|informationen|artikel|nachrichten|meldungen)\b.{0,60}"
    r"|(?:à|a) (?:lire|voir|écouter) (?:aussi|également|:)|lire (?:aussi|également|la suite|plus|notre)|voir aussi|>\s*lire|lea (?:también|además|más)|lee (?:también|además|más)|le(?:e|er) más|(?:mirá|mira|ver|vea|ve) también|te puede interesar|también te|puedes leer|te recomendamos|lei?a (?:também|mais)|veja (?:também|mais|ainda)|saiba mais|confira\b.{0,30}:"
    r"|leggi (?:anche|tutto|pure)|vedi anche|approfondisci|czytaj (?:też|także|również|więcej|dalej)|zobacz (?:też|także|również|więcej|wideo)|przeczytaj (?:też|także|również)|sprawdź (?:też|także)|lees (?:ook|meer|verder)|bekijk ook|kijk ook|læs (?:også|mere)|les (?:også|mer)|läs (?:också|även|mer)|lue (?:myös|lisää)|читайте (?:также|ещё|еще)|смотрите также|по теме\s*:|читать далее|関連記事|【関連】|あわせて読む|相关阅读|相关新闻|延伸閱讀|更多|관련기사|▶|►|→|>>|»)",
)
"""Beginnings of lines that send the reader elsewhere."""

FURNITURE = Phrases(
    r"^\W*(?:advertisements?|advertising|adverts?|anzeigen?|werbung|publicité|publicidade?|pubblicità|reklama?|reklamı?|annonce|advertentie|(?:article |story )?continues? (?:after|below).{0,30}|scroll (?:down )?(?:to|for).{0,30}|loading.{0,30}|alle angaben ohne gewähr|permalink|permalien|be sociable.{0,20}|sponsored(?: by.{0,40})?|"
    r"share(?: this)?(?: (?:article|story|post|on|via|with).{0,60})?|tweet|facebook|twitter|whats\s?app|e-?mail|pinterest|linkedin|telegram|reddit|pocket|xing|print|drucken|imprimir|imprimer|stampa|copy link|link kopieren|follow (?:us|me|on).{0,80}|teilen|merken|kommentieren|comment|save|bookmark|gift(?: this article)?|"
    r"subscribe(?: now| today| to.{0,80})?|sign up.{0,120}|sign in.{0,80}|log ?in.{0,60}|register.{0,60}|(?:jetzt )?(?:abonnieren|anmelden|registrieren|einloggen).{0,60}|newsletter.{0,80}|already (?:a )?(?:subscriber|member|have).{0,60}|not a subscriber.{0,60}|"
    r"copyright\b.{0,150}|©.{0,200}|\(c\) ?(?:\d{4}|copyright).{0,150}|all rights reserved.{0,120}|alle rechte vorbehalten.{0,100}|todos los derechos reservados.{0,60}|tous droits réservés.{0,60}|riproduzione riservata.{0,60}|wszelkie prawa zastrzeżone.{0,60}|저작권자.{0,120}|ⓒ.{0,120}|無断転載.{0,60}|"
    r"play(?: video)?|video|photos?|gallery|view (?:gallery|comments|all|more).{0,30}|show (?:more|less|all|comments).{0,40}|mehr anzeigen|more|less|close|schließen|back to top|nach oben|zurück|weiter|next|previous|prev|expand|collapse|toggle.{0,30}|menu|search|home|top|skip to.{0,30}|zoom|enlarge.{0,20}|bild vergrößern|vergrößern|image \d+ (?:of|von) \d+|\d+ (?:of|von|/) \d+|"
    r"\d+ ?(?:min(?:ute)?s?\.?)(?: (?:read|lesezeit))?|lesezeit.{0,30}|reading time.{0,30}|estimated read.{0,30}|\d+ (?:shares?|comments?|kommentare?|views?|likes?|retweets?)|0|hide caption|toggle caption|(?:foto|photo|image|bild|picture)s?|listen to (?:this )?article.{0,40}|artikel (?:anhören|vorlesen).{0,20}|"
    r"(?:zuletzt )?(?:aktualisiert|updated|published|veröffentlicht|publicado|publié|mis à jour|actualizado|last updated|erstellt am)\b[^.!?]{0,50}\d[^!?]{0,60}|"
    r"please enable javascript.{0,200}|(?:bitte )?aktivieren sie javascript.{0,200}|your browser does not support.{0,120}|javascript (?:is|must|has|needs|muss|ist).{0,160}|we use cookies.{0,300}|this site uses.{0,200}|diese (?:web)?seite verwendet cookies.{0,200}|wir (?:verwenden|nutzen) cookies.{0,300}"
    r")\W*$",
)
"""Whole lines that are never part of an article."""

PROMOTION = Phrases(
    r"(?:sign up (?:to|for|here|now)|subscribe (?:to|now|here|today|for)|(?:our|the|free|daily|weekly|unser(?:en|em)?) newsletter|newsletter (?:anmelden|abonnieren|sign|subscri)|follow (?:us|@|\w+ on (?:twitter|facebook|instagram|x\b))|like us on|join (?:us|our) (?:on|newsletter|whatsapp|telegram)|folgen sie uns|folge uns|besuchen sie uns|download (?:our|the) (?:\w+ )?app|kostenlos(?:en|e)? (?:testen|newsletter|registrieren)|"
    r"jetzt (?:abonnieren|testen|kostenlos|registrieren|anmelden)|abonnez-vous|inscrivez-vous|suscríbete|suscribite|síguenos|seguinos|assine|siga-nos|iscriviti|seguici|zapisz się|obserwuj nas|polub nas|schrijf je in|subscribers? only|to continue reading|um weiterzulesen|weiterlesen mit|this (?:article|story|content) is (?:only )?(?:available )?(?:for|to) (?:subscribers|members)|become a (?:member|subscriber|patron)|support (?:our|independent) (?:work|journalism)|unterstützen sie (?:uns|unsere)|donate (?:now|today|to)|"
    r"all rights reserved|alle rechte vorbehalten|this material may not be published|may not be (?:reproduced|republished)|terms of (?:use|service)|privacy policy|datenschutzerklärung|affiliate[- ]links?|(?:we|wir) (?:may )?(?:earn|erhalten) (?:a |eine )?(?:commission|provision)|tipp?s? (?:to|an) .{0,60}@|有料会員|会員登録|ログイン|この記事は有料|続きを読む|残り\d+文字|무단\s?전재|無断転載|перепечатка|подписывайтесь|подпишитесь)",
)
"""Words of promotion and legal notices inside a line; telling only in short or linked lines."""

SOURCE_LINE = Phrases(
    r"^\W*(?:sources?|quellen?|fuentes?|fontes?|fonti|zdroje?|kilder?|källor|källa|bron|bronnen|lähde|forrás|źródło|izvor|"
    r"sursa|kaynak|πηγή|источник|джерело|מקור|المصدر|出典|来源|來源|출처)\s*[:：]",
)
"""A line that names where a text, or a picture, comes from."""

CAPTION = Phrases(
    r"^\W*(?:(?:photo|image|picture|bild|foto|fotos|grafik|illustration|credit|credits|source|quelle|bildquelle|fuente|fonte|zdjęcie|fot\.|imagen|imagem|crédit|crédito|titelbild|symbolbild|archivbild|archivfoto|screenshot|file photo|representational image|video)\s*(?:credit|courtesy|by|von|de|di|:|\||/|©|©️|\()|©|\[?사진|\(?写真|图为|圖：)",
)
"""Beginnings of captions and picture credits that stand in the text."""
CAPTION_END = Phrases(
    r"(?:\((?:photo|foto|image|bild|archiv|symbolbild|archivbild|fot|afp|ap|reuters|dpa|epa|getty|imago|picture alliance)\b[^()]{0,80}\)|©[^.]{2,60}|(?:photo|foto|image|bild|credit)\s*:[^.]{2,60}|/ ?getty images)\s*$",
)
