"""What class names, ids, roles and tags say of a box of the page."""

from __future__ import annotations

import re
from functools import lru_cache
from operator import add

WORDS: dict[str, str] = {
    "comment": "comment comments kommentar kommentare commentaire commentaires comentario comentarios comentarii disqus "
    "talkback talkbacks talkbacklist replies commentlist commentsection usercomments livefyre spotim coral leserkommentare "
    "guestbook hozzaszolas komentarze komentare kommentarer commento commenti discussion opinions forumposts forum postcomments",
    "related": "related relatedarticles relatednews relatedposts relatedcontent relatedlinks relatedstories relateditems relatedtopics "
    "readmore readalso readnext alsoread seealso morefrom morenews morestories moreon moretopics moreinfo morearticles furtherreading "
    "mostread mostpopular mostviewed mostrecent popular trending recirc recirculation recommended recommendations recommendation recommend "
    "outbrain taboola zergnet revcontent plista mgid ligatus empfehlung empfehlungen weiterlesen meistgelesen mehrzumthema linkbox "
    "teaser teasers teaserlist teaserbox teasergroup upnext suggested suggestions suggestedposts similar similarposts youmaylike "
    "crosslink crosslinks internallink internallinks inlinelink relacionadas relacionados relacionada relacionado leiamais veja leiatambem "
    "leermas articlelies correlati correlate powiazane polecane polecamy czytajtez tematy kapcsolodo lire aussi relatedbox relatedlist "
    "linklist linkliste morelinks jetpackrelatedposts yarpp crp rpwe alsolike postnavigation postnav pagination pager pagenav prevnext "
    "nextprev nextpost prevpost articlenav articlenavigation storylist newslist articlelist postlist articlesgrid carousel slider swiper "
    "latestnews latest topstories archivelist widgetarea nextarticle previousarticle nextstory previousstory postcard postcards articlecard storycard newscard articlepreview postpreview storypackage collectionlinks backlinks "
    "relatedpost relatedarticle relatedstory articlelinks storylinks keepreading continuereadinglist incontentrelated interlink kijkook "
    "relatert slektsartikler relateret leesook seriesnav",
    "promo": "poll polls umfrage quiz survey promo promos promobox promotion promotional newsletter newsletters newslettersignup newsletterform signup subscribe "
    "subscription subscriptions mailinglist mailchimp mcembed optin appbanner appdownload appstore donate donation support membership "
    "supportus fundraiser contributionbanner marketing offer offers cta calltoaction callout eventbox shopping product products affiliate affiliates "
    "giftbox ebook abo abobox abonnement abonnieren spenden followus followbox googlenews whatsappchannel telegramchannel advertorialhint "
    "pushnotification notifications notification bookmark readlater savearticle listento audioplayer ttsplayer textspeech readspeaker "
    "speechkit trinityaudio podcastplayer podcastpromo",
    "ad": "ad ads adv advert adverts advertisement advertisements advertising adbox adslot adunit adwrapper adcontainer adsense adplaceholder "
    "adlabel banner banners anzeige anzeigen werbung publicite publicidad pubblicita reklama reklame reklam annonce sponsor sponsored sponsors "
    "dfp gpt doubleclick billboard leaderboard skyscraper mpu nativead stickyad adhesion googlead googleads adsbygoogle",
    "share": "share shares sharing sharebar sharebuttons sharetools sharedaddy addthis addtoany sharethis socialshare socialmedia "
    "socialbar socialbuttons socialicons sociallinks sociallinks social socials teilen compartir partager condividi shariff toolbar tools "
    "articletools actionbar printbutton sdsocial sociable heateor essb mashsb print printlink emailarticle fontsize textsize reactions likes likebox "
    "rating ratings starrating voting",
    "nav": "nav navi navigation navbar menu menus submenu breadcrumb breadcrumbs brotkrumen brotkrume skiplink skiplinks sitemap megamenu mainmenu "
    "topbar topmenu pathway crumbs langswitcher languageswitcher toc tableofcontents inhaltsverzeichnis eztoc searchform searchbox",
    "footer": "footer pagefooter sitefooter globalfooter colophon legal imprint impressum copyright disclaimer bottombar",
    "side": "sidebar sidebars sidecol sidecolumn rail rightrail leftrail rightcol rightcolumn secondary marginalspalte marginal aside complementary "
    "widget widgets offcanvas",
    "byline": "byline bylines author authors authorname authorinfo articleauthor postauthor autor autoren auteur auteurs autore autorzy autorka "
    "verfasser writer writers reporter reporters journalist contributor contributors vcard authorline credits bylinewrapper writtenby "
    "kirjoittaja forfatter skribent redaktor firma firmaautore autoria signature szerzo",
    "bio": "authorbio authorbox authordescription aboutauthor abouttheauthor authorprofile authorcard bio biography profilebox authorbioinfo "
    "postauthorbox saboxplugin pfauthorbox autorenbox autorbox authoravatar gravatar contributorbio authordetails autorinfo",
    "date": "date dates dateline datetime datum pubdate published publishdate publisheddate publishedat publicationdate postdate entrydate "
    "timestamp time posted postedon updated lastupdated modified articledate datepublished fecha data lastmodified createdate entrymeta "
    "postmeta articlemeta metainfo metadata metaline byinfo postinfo articleinfo infoline postdetails readingtime timeread minread "
    "timetoread newsdate publishinfo",
    "caption": "caption captions figcaption wpcaptiontext imagecaption photocaption mediacaption imgcaption picturecaption piccaption bildunterschrift "
    "bildtext legend legende legenda pietfoto didascalia leyenda bu imagecredit photocredit mediacredit piccredit imgcredit imagedescription pictext "
    "bildquelle bildnachweis fotocredit photographer fotograf copyrightinfo picturetext cutline imagesource photosource mediainfo "
    "kuvateksti billedtekst podpis podpisek zdjecie fotocaption",
    "credit": "credit photocreditline imagerights attribution",
    "media": "picbox imgbox imagebox photobox bildbox gallery galleries slideshow lightbox photogallery imagegallery fotostrecke bildergalerie videoplayer player jwplayer video videos "
    "brightcove videowrapper mediaelement embedplayer galleria carouselgallery",
    "tags": "tag tags taglist tagcloud tagged posttags articletags entrytags keywords keyword topics topiclist categories category categorylist catlinks "
    "schlagworte schlagwort themen themenliste tagsbox etiquetas hashtags labels articletopics posttag entrycategories catlink tagslist "
    "tagslinks metatags sujets temas articlekeywords storytags",
    "paywall": "paywall paywallbox piano regwall registrationwall subscriptionwall paywalloverlay barrier meteredcontent loginwall login "
    "signin register registration registerbox loginbox plusteaser paygate fadeout lockedcontent paidbarrier gatedcontent",
    "cookie": "cookie cookies cookiebanner consent gdpr privacybanner cookienotice cookielaw cmplz overlay modal popup dialog interstitial",
    "hidden": "hidden visuallyhidden visuallyhide sronly screenreadertext screenreader offscreen displaynone dnone printonly noscript accessibility "
    "assistivetext unsichtbar",
    "standfirst": "standfirst standfirsts deck dek subtitle subhead subheadline subheading sottotitolo lead leadtext leadparagraph lede intro introtext "
    "introduction einleitung vorspann teasertext summary excerpt articlesummary articledescription desc description abstract chapo chapeau "
    "sapo entradilla bajada sumario ingress manchet strapline synopsis articlesubtitle postsubtitle articleintro articlelead storysubtitle "
    "perex zajawka lid bajadacontainer subtitulo subtitre untertitel olho linhafina bigode headlinesub spoiler short headernote",
    "headline": "headline title pagetitle posttitle entrytitle articletitle storytitle newstitle kicker overline dachzeile roofline supertitle "
    "articleheadline spitzmarke ueberschrift topline eyebrow",
    "body": "articlebody articlecontent articletext articlemaincontent articlebodytext bodytext bodycontent contentbody entrycontent postcontent "
    "postbody postentry storybody storycontent storytext newstext newscontent newsbody maintext maincontenttext textbody richtext articlecopy "
    "fulltext contenttext articlepage singlecontent thecontent blogcontent bodycopy storybodytext paragraphs postarticlecontent tdpostcontent "
    "articleparagraphs articlewrapper textocorpo corpo cuerpo cuerpotexto texto contenido conteudo tresc haupttext artikeltext artikelinhalt "
    "artikelbody articlebodycontent postcontentbody pagecontent itemfulltext textcontent detailtext newsdetail articledetail articledetails "
    "contentarticle ckeditor entrybody blogpostcontent posttext itembody articlebodycopy",
    "live": "liveblog liveblogentry liveblogpost livepost liveentry tickerentry tickerpost liveticker liveupdate liveblogevent ticker",
    "fact": "factbox faktenbox infobox infokasten faktaruta fakta boxinfo infoblock definitionbox glossary sidebox",
    "correction": "correction corrections editorsnote editornote clarification",
}  # fmt: skip
_HINT_OF = {word: hint for hint, words in WORDS.items() for word in words.split()}
_HINT_WORDS = frozenset(_HINT_OF)
_TAG_HINTS = {
    "nav": "nav", "footer": "footer", "aside": "side", "figcaption": "caption", "figure": "media", "menu": "nav",
    "dialog": "cookie", "header": "header", "address": "byline", "form": "form", "amp-sidebar": "nav", "fieldset": "form", "video": "media", "audio": "media",
}  # fmt: skip
_OF_TAG = {tag: frozenset({hint}) for tag, hint in _TAG_HINTS.items()}
_ROLE_HINTS = {"navigation": "nav", "contentinfo": "footer", "complementary": "side", "banner": "header", "dialog": "cookie",
               "search": "nav", "alert": "cookie", "menu": "nav", "alertdialog": "cookie"}  # fmt: skip
_PROP_HINTS = {"articlebody": "body", "author": "byline", "datepublished": "date", "datemodified": "date", "caption": "caption",
               "headline": "headline", "keywords": "tags", "comment": "comment", "breadcrumb": "nav", "copyrightholder": "caption",
               "review": "comment", "publisher": "byline", "dateline": "date"}  # fmt: skip
_NEGATORS = frozenset({"with", "has", "no", "without", "not", "non", "hide", "enable", "disable", "show"})
"""Words behind which a name says what is absent, or only styled: *has-sidebar*, *no-comments*."""
_STYLING = re.compile(r"[:\[\]!/(),]")
"""Class names of utility style sheets (``md:[&_p]:mt-4``) say nothing about the box."""
_POST_CLASS = re.compile(
    r"(?:tag|category|cat|topic|author|format|series|section|status|type)[-_]", re.IGNORECASE
)
"""Content management systems list an article's tags among its classes."""
_POST = re.compile(r"(?:^|\s)(?:hentry|post-\d+|type-post)(?:$|\s)")
_ROWS = frozenset({"tr", "tbody", "thead", "tfoot", "colgroup"})
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


_NONE: frozenset[str] = frozenset()


def hints_of_tag(tag: str) -> frozenset[str]:
    """Return the hints of a box without a name."""
    return _OF_TAG.get(tag, _NONE)


@lru_cache(maxsize=20_000)
def hints_of(tag: str, names: str, role: str, itemprop: str) -> frozenset[str]:
    """Return the hints of a box from its tag, its class, id and test names (*names*), role and itemprop."""
    found = set(_OF_TAG.get(tag, ()))
    if role and (hint := _ROLE_HINTS.get(role)):
        found.add(hint)
    if itemprop:
        found.update(_PROP_HINTS[prop] for prop in itemprop.lower().split() if prop in _PROP_HINTS)
    if tag not in _ROWS:
        for name in names.split()[:30]:
            hints = _hints_of_name(name[:80])
            if hints and not (_STYLING.search(name) or (_POST_CLASS.match(name) and _is_post(tag, names))):
                found |= hints
    return frozenset(found) if found else _NONE


def _is_post(tag: str, names: str) -> bool:
    return tag == "article" or _POST.search(names) is not None


@lru_cache(maxsize=50_000)
def _hints_of_name(name: str) -> frozenset[str]:
    whole = name.lower().replace("-", "").replace("_", "")
    if whole in _HINT_OF:
        return frozenset({_HINT_OF[whole]})
    tokens = [token.lower() for token in _TOKEN.findall(name)]
    if _HINT_WORDS.isdisjoint(tokens) and _HINT_WORDS.isdisjoint(map(add, tokens, tokens[1:])):
        return _NONE  # most names: nothing below can find anything in them
    found = set()
    skip = False
    for token, after in zip(tokens, (*tokens[1:], ""), strict=True):
        if skip:
            skip = False
        elif after and (pair := token + after) in _HINT_OF:
            found.add(_HINT_OF[pair])
            skip = True
        elif token in _HINT_OF:
            found.add(_HINT_OF[token])
        elif after and token in _NEGATORS:
            skip = True
    found.discard("hidden")  # a part of a name hides something else: label-hidden, hidden-xs
    return frozenset(found) if found else _NONE
