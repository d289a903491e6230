"""Pages that are no articles, of our own making: kinds of pages × languages × layouts, written by small templates.

*KINDS* are functions from (words of a language, dice) to what stands on the page; *pages* puts them into layouts as sites
use them. Nothing here is taken from a site. Words are few per language on purpose: sites share them.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING

from archive.model import Page
from tests.crawler.extraction.negative_words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.crawler.extraction.negative_words import Words

NOW = datetime(2026, 11, 1, 8, tzinfo=UTC)


@dataclass(slots=True)
class Made:
    """What a kind of page shows: its address, its title, its main part as HTML, and what it declares."""

    path: str
    title: str
    main: str
    headline: str | None = None
    declares: str | None = "WebPage"
    bare: bool = False
    """Whether nothing but the main part is on the page: walls and shells."""
    status: int = 200
    head: str = ""
    may_declare_article: bool = False
    """Whether blogging software would call the page an article (og:type), as it does with all but its front."""


@dataclass(frozen=True, slots=True)
class Negative:
    """A page that is no article."""

    kind: str
    language: str
    page: Page = field(repr=False)


KINDS: dict[str, Callable[[Words, random.Random], Made]] = {}


def kind(make: Callable[[Words, random.Random], Made]) -> Callable[[Words, random.Random], Made]:
    """Register a kind of page under its function's name."""
    KINDS[make.__name__.replace("_", "-")] = make
    return make


def paragraphs(words: Words, dice: random.Random, count: int, topic: str = "plain") -> str:
    """Return *count* paragraphs of made-up running text."""
    sentences = words.legal if topic == "legal" else words.plain
    return "".join(f"<p>{' '.join(dice.choices(sentences, k=dice.randint(2, 4)))}</p>" for _ in range(count))


def headlines(words: Words, dice: random.Random, count: int) -> list[str]:
    return [
        f"{dice.choice(words.subjects)} {dice.choice(words.verbs)} {dice.choice(words.objects)}"
        for _ in range(count)
    ]


def teasers(words: Words, dice: random.Random, count: int, *, dated: bool | None = None) -> str:
    """Return a list of linked headlines, with or without a line of text, a date and a picture, in one of some layouts."""
    with_text, with_date = dice.random() < 0.7, dice.random() < 0.5 if dated is None else dated
    style = dice.choice(("article", "li", "div", "card", "table"))
    made = []
    for number, headline in enumerate(headlines(words, dice, count)):
        link = f'<a href="/2026/{number + 10}/story-{number}">{escape(headline)}</a>'
        text = f"<p>{dice.choice(words.plain)}</p>" if with_text else ""
        date = (
            f'<time datetime="2026-10-{number % 28 + 1:02d}">{number % 28 + 1}.10.2026</time>'
            if with_date
            else ""
        )
        picture = '<img src="/a.jpg" alt="">' if dice.random() < 0.5 else ""
        made.append({
            "article": f"<article>{picture}<h2>{link}</h2>{date}{text}</article>",
            "li": f"<li>{link} {date}{text}</li>",
            "div": f'<div class="item">{date}<h3>{link}</h3>{text}</div>',
            "card": f'<div class="card"><a href="/2026/x-{number}">{picture}<span class="t">{escape(headline)}</span>{text}</a></div>',
            "table": f"<tr><td>{date}</td><td>{link}{text}</td></tr>",
        }[style])  # fmt: skip
    whole = "".join(made)
    return {"li": f"<ul>{whole}</ul>", "table": f"<table>{whole}</table>"}.get(style, f"<div>{whole}</div>")


def form(words: Words, *names: str, button: str) -> str:
    fields = "".join(f'<label>{escape(name)} <input name="f{n}"></label>' for n, name in enumerate(names))
    return f'<form method="post" action="/x">{fields}<button>{escape(button)}</button></form>'


# -- walls ---------------------------------------------------------------------------------------------------------


@kind
def login(w: Words, dice: random.Random) -> Made:
    main = f"<h1>{w.login}</h1><p>{w.login_text}</p>{form(w, w.email, w.password, button=w.login)}<p><a href=/r>{w.register}</a></p>"
    return Made("/login", w.login, main, bare=dice.random() < 0.5, may_declare_article=True)


@kind
def register(w: Words, dice: random.Random) -> Made:
    return Made(
        "/register",
        w.register,
        f"<h1>{w.register}</h1><p>{w.login_text}</p>{form(w, w.name, w.email, w.password, button=w.register)}",
        may_declare_article=True,
    )


@kind
def login_wall_at_an_article(w: Words, dice: random.Random) -> Made:
    main = f"<h1>{w.login}</h1><p>{w.login_text}</p><p>{w.subscribe_text}</p>{form(w, w.email, w.password, button=w.login)}"
    return Made("/2026/11/01/story", w.login, main, bare=True, declares=None)


@kind
def captcha(w: Words, dice: random.Random) -> Made:
    return Made(
        "/2026/11/01/story",
        w.captcha,
        f"<h1>{w.captcha}</h1><p>{w.captcha_text}</p><div class='g-recaptcha' data-sitekey=x></div>",
        bare=True,
        declares=None,
    )


@kind
def checking_browser(w: Words, dice: random.Random) -> Made:
    return Made(
        "/2026/11/01/story",
        w.wait,
        f"<h1>www.herald.example</h1><p>{w.wait}</p><p>{w.captcha_text}</p><p>Ray ID: 8f2a91c{dice.randint(100, 999)}</p>",
        bare=True,
        declares=None,
    )


@kind
def consent(w: Words, dice: random.Random) -> Made:
    main = (
        f"<div class='cmp'><h2>{w.consent}</h2>"
        + "".join(f"<p>{dice.choice(w.consent_text)}</p>" for _ in range(dice.randint(2, 6)))
        + f"<button>{w.accept}</button><button>{w.settings}</button></div>"
    )
    return Made("/2026/11/01/story", w.consent, main, bare=True, declares=None)


@kind
def consent_with_partners(w: Words, dice: random.Random) -> Made:
    partners = "".join(f"<li>Partner {n} GmbH – {dice.choice(w.consent_text)}</li>" for n in range(30))
    return Made(
        "/consent?return=/2026/story",
        w.consent,
        f"<h1>{w.consent}</h1><p>{w.consent_text[0]}</p><ul>{partners}</ul><button>{w.accept}</button>",
        bare=True,
    )


@kind
def age_gate(w: Words, dice: random.Random) -> Made:
    return Made(
        "/2026/11/01/story",
        w.age,
        f"<h1>{w.age}</h1>{form(w, '18+', button=w.accept)}",
        bare=True,
        declares=None,
    )


@kind
def access_denied(w: Words, dice: random.Random) -> Made:
    return Made(
        "/2026/11/01/story",
        w.denied,
        f"<h1>{w.denied}</h1><p>{w.denied_text}</p><p>Reference #18.{dice.randint(1000, 9999)}</p>",
        bare=True,
        declares=None,
    )


@kind
def region_blocked(w: Words, dice: random.Random) -> Made:
    return Made("/2026/11/01/story", "451", f"<h1>451</h1><p>{w.region}</p>", bare=True, declares=None)


@kind
def adblock_wall(w: Words, dice: random.Random) -> Made:
    return Made(
        "/2026/11/01/story",
        w.adblock,
        f"<h1>{w.adblock}</h1><p>{w.adblock_text}</p><p>{w.subscribe_text}</p>",
        bare=True,
        declares=None,
    )


@kind
def interstitial(w: Words, dice: random.Random) -> Made:
    return Made(
        "/go?to=/2026/story",
        w.redirected,
        f"<p>{w.redirected}</p><p><a href=/2026/story>{w.click}</a></p>",
        bare=True,
        declares=None,
        head="<meta http-equiv=refresh content='5;url=/2026/story'>",
    )


@kind
def old_browser(w: Words, dice: random.Random) -> Made:
    return Made(
        "/2026/11/01/story",
        w.browser,
        f"<h1>{w.browser}</h1><p>{w.browser_text}</p>",
        bare=True,
        declares=None,
    )


# -- errors --------------------------------------------------------------------------------------------------------


@kind
def soft_404(w: Words, dice: random.Random) -> Made:
    return Made(
        "/2026/11/01/gone",
        f"{w.not_found} | Herald",
        f"<h1>{w.not_found}</h1><p>{w.not_found_text}</p><h2>{w.most_read}</h2>{teasers(w, dice, dice.randint(0, 12))}",
        may_declare_article=True,
    )


@kind
def soft_404_without_words(w: Words, dice: random.Random) -> Made:
    return Made(
        "/2026/11/01/gone",
        "404",
        f"<h1>404</h1><p>{w.not_found_text}</p>{form(w, w.search, button=w.search)}",
        declares=None,
    )


@kind
def article_removed(w: Words, dice: random.Random) -> Made:
    return Made(
        "/2026/11/01/gone", w.removed, f"<h1>{w.removed}</h1><p>{w.removed_text}</p>{teasers(w, dice, 5)}"
    )


@kind
def server_error(w: Words, dice: random.Random) -> Made:
    return Made(
        "/2026/11/01/story",
        w.error,
        f"<h1>{w.error}</h1><p>{w.error_text}</p>",
        bare=dice.random() < 0.6,
        declares=None,
    )


@kind
def maintenance(w: Words, dice: random.Random) -> Made:
    return Made(
        "/2026/11/01/story",
        w.maintenance,
        f"<h1>{w.maintenance}</h1><p>{w.maintenance_text}</p>",
        bare=True,
        declares=None,
    )


@kind
def database_error(w: Words, dice: random.Random) -> Made:
    return Made(
        "/2026/11/01/story",
        "Database Error",
        "<h1>Error establishing a database connection</h1>",
        bare=True,
        declares=None,
    )


@kind
def parked_domain(w: Words, dice: random.Random) -> Made:
    return Made(
        "/2026/11/01/story",
        "herald.example",
        f"<h1>herald.example</h1><p>{w.parked}</p><ul>"
        + "".join(f"<li><a href=/s?q={n}>{w.subjects[n % len(w.subjects)]}</a></li>" for n in range(10))
        + "</ul>",
        bare=True,
        declares=None,
    )


@kind
def client_shell(w: Words, dice: random.Random) -> Made:
    root = dice.choice(
        ("<div id=root></div>", "<div id=__next></div>", "<div id=app></div>", "<app-root></app-root>")
    )
    return Made(
        "/2026/11/01/story",
        "Herald",
        f"{root}<noscript>{w.script}</noscript>" + "<script src=/static/main.js></script>" * 5,
        bare=True,
        declares=None,
    )


@kind
def shell_with_skeleton(w: Words, dice: random.Random) -> Made:
    return Made(
        "/2026/11/01/story",
        "Herald",
        f"<nav><a href=/a>{w.sections[0]}</a><a href=/b>{w.sections[1]}</a></nav><main class=skeleton>{'<div class=line></div>' * 12}</main><p>{w.loading}</p>",
        bare=True,
        declares=None,
    )


# -- lists ---------------------------------------------------------------------------------------------------------


@kind
def home(w: Words, dice: random.Random) -> Made:
    return Made(
        "/",
        "Herald",
        teasers(w, dice, dice.randint(15, 50)),
        headline=None,
        declares=dice.choice((None, "WebSite", "Organization")),
    )


@kind
def section_front(w: Words, dice: random.Random) -> Made:
    section = dice.choice(w.sections)
    return Made(
        f"/{dice.choice(('news', 'politik', 'sport', 'economie', 'local'))}",
        section,
        f"<h1>{section}</h1>{teasers(w, dice, dice.randint(8, 40))}",
        declares=dice.choice((None, "CollectionPage", "WebPage")),
    )


@kind
def section_front_with_an_intro(w: Words, dice: random.Random) -> Made:
    section = dice.choice(w.sections)
    return Made(
        "/topics/harbour",
        section,
        f"<h1>{section}</h1>{paragraphs(w, dice, 1)}{teasers(w, dice, dice.randint(10, 30))}",
    )


@kind
def section_front_of_cards(w: Words, dice: random.Random) -> Made:
    cards = "".join(
        f'<div class="c"><a href="/2026/{n}/a"><img src=/a.jpg alt=""></a><div><span class=k>{w.sections[n % 3]}</span><a href="/2026/{n}/a"><h3>{h}</h3></a><p>{dice.choice(w.plain)}</p></div></div>'
        for n, h in enumerate(headlines(w, dice, 18))
    )
    return Made(
        "/sport/football",
        w.sections[1],
        f"<h1>{w.sections[1]}</h1><div class=grid>{cards}</div>",
        declares=None,
    )


@kind
def tag_page(w: Words, dice: random.Random) -> Made:
    tag = dice.choice(w.objects)
    return Made(
        "/tag/harbour",
        f"{w.tag}: {tag}",
        f"<h1>{w.tag}: {tag}</h1>{teasers(w, dice, dice.randint(4, 25), dated=True)}",
        declares=dice.choice((None, "CollectionPage")),
    )


@kind
def author_page(w: Words, dice: random.Random) -> Made:
    main = f"<h1>Ana Prado</h1><img src=/p.jpg alt='Ana Prado'><p>{w.biography}</p>{teasers(w, dice, dice.randint(5, 25), dated=True)}"
    return Made(
        dice.choice(("/author/ana-prado", "/autor/ana-prado", "/profile/anaprado", "/by/ana-prado")),
        "Ana Prado",
        main,
        declares=dice.choice((None, "ProfilePage", "Person")),
    )


@kind
def author_page_with_a_long_life(w: Words, dice: random.Random) -> Made:
    return Made(
        "/people/ana-prado",
        "Ana Prado",
        f"<h1>Ana Prado</h1><p>{w.biography}</p>{paragraphs(w, dice, 3)}<h2>{w.latest}</h2>{teasers(w, dice, 20, dated=True)}",
        declares=dice.choice((None, "ProfilePage")),
    )


@kind
def search_results(w: Words, dice: random.Random) -> Made:
    return Made(
        "/search?q=harbour",
        w.search,
        f"<h1>{w.search}: harbour</h1>{form(w, w.search, button=w.search)}<p>1–10 / 250</p>{teasers(w, dice, 10)}",
        declares=dice.choice((None, "SearchResultsPage")),
    )


@kind
def empty_search(w: Words, dice: random.Random) -> Made:
    return Made(
        "/search?q=qqq",
        w.search,
        f"<h1>{w.search}</h1>{form(w, w.search, button=w.search)}<p>{w.nothing}</p>",
        declares=None,
    )


@kind
def archive_by_date(w: Words, dice: random.Random) -> Made:
    return Made(
        "/archive/2026/10", w.archive, f"<h1>{w.archive} 2026-10</h1>{teasers(w, dice, 40, dated=True)}"
    )


@kind
def archive_calendar(w: Words, dice: random.Random) -> Made:
    days = "".join(f"<td><a href=/archive/2026/10/{n}>{n}</a></td>" for n in range(1, 32))
    return Made("/archive", w.archive, f"<h1>{w.archive}</h1><table><tr>{days}</tr></table>")


@kind
def gallery_index(w: Words, dice: random.Random) -> Made:
    items = "".join(
        f'<div><a href="/gallery/{n}"><img src=/g{n}.jpg alt="{h}"><h3>{h}</h3></a><span>{n + 5} {w.photos}</span></div>'
        for n, h in enumerate(headlines(w, dice, 20))
    )
    return Made("/galleries", w.photos, f"<h1>{w.photos}</h1>{items}")


@kind
def video_index(w: Words, dice: random.Random) -> Made:
    items = "".join(
        f'<div class=v><a href="/video/{n}">{h}</a> <span>0{n % 9}:3{n % 9}</span></div>'
        for n, h in enumerate(headlines(w, dice, 24))
    )
    return Made("/videos", "Videos", f"<h1>Videos</h1>{items}")


@kind
def podcast_index(w: Words, dice: random.Random) -> Made:
    items = "".join(
        f'<div class=e><h3><a href="/podcast/{n}">#{n} {h}</a></h3><p>{dice.choice(w.plain)}</p><audio src=/{n}.mp3></audio></div>'
        for n, h in enumerate(headlines(w, dice, 12))
    )
    return Made(
        "/podcasts",
        "Podcasts",
        f"<h1>Podcasts</h1><p>{dice.choice(w.plain)}</p>{items}",
        declares=dice.choice((None, "PodcastSeries")),
    )


@kind
def opinion_index(w: Words, dice: random.Random) -> Made:
    items = "".join(
        f'<div><a href="/opinion/{n}"><h2>{h}</h2></a><p>Ana Prado</p><p>{dice.choice(w.plain)} {dice.choice(w.plain)}</p></div>'
        for n, h in enumerate(headlines(w, dice, 10))
    )
    return Made("/opinion", w.opinion, f"<h1>{w.opinion}</h1>{items}", declares=None)


@kind
def live_index(w: Words, dice: random.Random) -> Made:
    items = "".join(
        f'<li><time>{n:02d}:00</time> <a href="/2026/{n}/t">{h}</a></li>'
        for n, h in enumerate(headlines(w, dice, 24))
    )
    return Made("/ticker", w.latest, f"<h1>{w.latest}</h1><ul>{items}</ul>")


@kind
def recipes_index(w: Words, dice: random.Random) -> Made:
    return Made("/recipes", w.recipes, f"<h1>{w.recipes}</h1>{teasers(w, dice, 16)}")


@kind
def events(w: Words, dice: random.Random) -> Made:
    items = "".join(
        f"<tr><td>{n}.11.2026 20:00</td><td><a href=/e/{n}>{dice.choice(w.subjects)}</a></td><td>{dice.choice(w.objects)}</td></tr>"
        for n in range(1, 25)
    )
    return Made(
        "/events",
        w.events,
        f"<h1>{w.events}</h1><table>{items}</table>",
        declares=dice.choice((None, "ItemList")),
    )


@kind
def sitemap_for_people(w: Words, dice: random.Random) -> Made:
    return Made(
        "/sitemap.html",
        "Sitemap",
        "<h1>Sitemap</h1><ul>"
        + "".join(f"<li><a href=/s{n}>{s}</a></li>" for n, s in enumerate(w.sections * 12))
        + "</ul>",
    )


@kind
def rss_overview(w: Words, dice: random.Random) -> Made:
    return Made(
        "/rss",
        "RSS",
        f"<h1>RSS</h1><p>{w.rss}</p><ul>"
        + "".join(
            f"<li>{s}: <a href=/rss/{n}.xml>/rss/{n}.xml</a></li>" for n, s in enumerate(w.sections * 4)
        )
        + "</ul>",
        may_declare_article=True,
    )


@kind
def directory_listing(w: Words, dice: random.Random) -> Made:
    return Made(
        "/files/",
        "Index of /files",
        "<h1>Index of /files</h1><pre>"
        + "\n".join(
            f"<a href=f{n}.pdf>f{n}.pdf</a>  2026-10-0{n % 9 + 1} 10:00  {n * 17}K" for n in range(20)
        )
        + "</pre>",
        bare=True,
        declares=None,
    )


@kind
def obituaries_index(w: Words, dice: random.Random) -> Made:
    items = "".join(
        f"<li><a href=/o/{n}>{dice.choice(('Ana', 'Jan', 'Maria', 'Paul'))} {dice.choice(('Prado', 'Kok', 'Lind'))}</a> 19{30 + n}–2026</li>"
        for n in range(30)
    )
    return Made("/obituaries", w.obituaries, f"<h1>{w.obituaries}</h1><ul>{items}</ul>")


@kind
def comments_page(w: Words, dice: random.Random) -> Made:
    items = "".join(
        f"<div class=comment><b>user{n}</b> <time>2{n % 4}:0{n % 9}</time><p>{dice.choice(w.plain)}</p><a href=#>{w.reply}</a></div>"
        for n in range(25)
    )
    return Made(
        "/2026/11/01/story/comments",
        w.comments,
        f"<h1>{w.comments} (25)</h1><div class=comments>{items}</div>",
        declares=None,
    )


# -- services ------------------------------------------------------------------------------------------------------


@kind
def product(w: Words, dice: random.Random) -> Made:
    main = f"<h1>{dice.choice(w.objects)} – Mug 0,3 l</h1><img src=/m.jpg><p class=price>{dice.randint(5, 90)},90 €</p>{form(w, '1', button=w.cart)}<h2>{w.description}</h2>{paragraphs(w, dice, dice.randint(1, 4))}"
    return Made("/shop/mug", "Mug", main, declares="Product")


@kind
def product_without_data(w: Words, dice: random.Random) -> Made:
    main = f"<h1>Mug 0,3 l</h1><span class=price>{dice.randint(5, 90)}.90 EUR</span><button class=add-to-cart>{w.cart}</button>{paragraphs(w, dice, 3)}"
    return Made("/product/mug", "Mug", main, declares=None, head="<meta property=og:type content=product>")


@kind
def shop_category(w: Words, dice: random.Random) -> Made:
    items = "".join(
        f"<li class=product><a href=/shop/{n}><h2>Mug {n}</h2><span class=price>{n},90 €</span></a><button>{w.cart}</button></li>"
        for n in range(3, 24)
    )
    return Made(
        "/shop/mugs",
        "Mugs",
        f"<h1>Mugs</h1><ul>{items}</ul>",
        declares=dice.choice((None, "ItemList", "CollectionPage")),
    )


@kind
def subscription_offers(w: Words, dice: random.Random) -> Made:
    plans = "".join(
        f"<div class=plan><h3>{name}</h3><p>{price} € / {w.month}</p><ul><li>{dice.choice(w.plain)}</li><li>{w.subscribe_text}</li></ul><button>{w.subscribe}</button></div>"
        for name, price in (("Basic", "4,99"), ("Plus", "9,99"), ("Premium", "19,99"))
    )
    return Made(
        dice.choice(("/subscribe", "/abo", "/abonnement", "/plus")),
        w.subscribe,
        f"<h1>{w.subscribe}</h1><p>{w.subscribe_text}</p>{plans}",
        may_declare_article=True,
    )


@kind
def newsletter(w: Words, dice: random.Random) -> Made:
    return Made(
        "/newsletter",
        "Newsletter",
        f"<h1>Newsletter</h1><p>{w.newsletter}</p>{form(w, w.email, button=w.subscribe)}<p>{w.consent_text[0]}</p>",
        may_declare_article=True,
    )


@kind
def newsletter_choice(w: Words, dice: random.Random) -> Made:
    items = "".join(
        f"<div><h3>{s}</h3><p>{dice.choice(w.plain)}</p><label><input type=checkbox> {w.subscribe}</label></div>"
        for s in w.sections
    )
    return Made(
        "/newsletters",
        "Newsletters",
        f"<h1>Newsletters</h1><p>{w.newsletter}</p>{items}{form(w, w.email, button=w.subscribe)}",
    )


@kind
def thank_you(w: Words, dice: random.Random) -> Made:
    return Made(
        "/newsletter/thanks", w.thanks, f"<h1>{w.thanks}</h1><p>{w.thanks_text}</p>", may_declare_article=True
    )


@kind
def weather(w: Words, dice: random.Random) -> Made:
    rows = "".join(
        f"<tr><td>{day}</td><td>{dice.randint(-3, 30)}°</td><td>{dice.randint(0, 90)} %</td><td>{dice.randint(0, 60)} km/h</td></tr>"
        for day in w.days
    )
    return Made(
        "/weather/lisbon",
        f"{w.weather} Lisboa",
        f"<h1>{w.weather} Lisboa</h1><table>{rows}</table><p>{dice.choice(w.weather_text)}</p>",
    )


@kind
def weather_with_a_text(w: Words, dice: random.Random) -> Made:
    return Made(
        "/wetter/lissabon",
        f"{w.weather} Lisboa",
        f"<h1>{w.weather} Lisboa: {dice.randint(0, 30)} °C</h1>"
        + "".join(
            f"<h3>{day} {dice.randint(0, 30)}°/{dice.randint(-5, 9)}°</h3><p>{dice.choice(w.weather_text)}</p>"
            for day in w.days
        ),
    )


@kind
def tv_listings(w: Words, dice: random.Random) -> Made:
    rows = "".join(
        f"<div class=show><span>{n:02d}:{dice.choice(('00', '15', '45'))}</span> <a href=/tv/{n}>{h}</a> <em>{w.sections[n % 3]}</em></div>"
        for n, h in enumerate(headlines(w, dice, 24))
    )
    return Made("/tv", f"TV {w.today}", f"<h1>TV {w.today}</h1>{rows}")


@kind
def live_scores(w: Words, dice: random.Random) -> Made:
    clubs = ("FC Mar", "SC Rio", "Lind IF", "Kok SV", "Porto Alto", "US Lac")
    rows = "".join(
        f"<tr><td>{dice.choice(clubs)}</td><td>{dice.randint(0, 4)}:{dice.randint(0, 4)}</td><td>{dice.choice(clubs)}</td><td>{dice.randint(1, 90)}'</td></tr>"
        for _ in range(20)
    )
    return Made(
        "/livescores",
        f"{w.results}",
        f"<h1>{w.results}</h1><table>{rows}</table>",
        declares=dice.choice((None, "SportsEvent")),
    )


@kind
def league_table(w: Words, dice: random.Random) -> Made:
    rows = "".join(
        f"<tr><td>{n}</td><td><a href=/c/{n}>Club {n}</a></td><td>{dice.randint(0, 12)}</td><td>{dice.randint(0, 40)}</td></tr>"
        for n in range(1, 19)
    )
    return Made("/sport/table", w.results, f"<h1>{w.results} 2026/27</h1><table>{rows}</table>")


@kind
def stock_quote(w: Words, dice: random.Random) -> Made:
    rows = "".join(
        f"<tr><td>{name}</td><td>{dice.randint(1, 900)},{dice.randint(10, 99)}</td><td>{dice.uniform(-5, 5):+.2f} %</td></tr>"
        for name in ("Open", "High", "Low", "Close", "Volume", "P/E", "52w")
    )
    return Made("/markets/kok", "Kok AG", f"<h1>Kok AG 41,20 €</h1><table>{rows}</table>")


@kind
def stock_list(w: Words, dice: random.Random) -> Made:
    rows = "".join(
        f"<tr><td><a href=/m/{n}>Company {n} AG</a></td><td>{dice.randint(1, 900)},20</td><td>{dice.uniform(-5, 5):+.2f} %</td></tr>"
        for n in range(40)
    )
    return Made("/markets", w.markets, f"<h1>{w.markets}</h1><table>{rows}</table>")


@kind
def job_ad(w: Words, dice: random.Random) -> Made:
    main = (
        f"<h1>{w.job} (m/w/d)</h1><p>Kok AG, Lisboa</p><h2>{w.tasks}</h2><ul>"
        + "".join(f"<li>{dice.choice(w.plain)}</li>" for _ in range(5))
        + f"</ul><h2>{w.profile}</h2><ul>"
        + "".join(f"<li>{dice.choice(w.plain)}</li>" for _ in range(5))
        + f"</ul><button>{w.apply}</button>"
    )
    return Made("/jobs/1234-editor", w.job, main, declares=dice.choice(("JobPosting", "JobPosting", None)))


@kind
def job_list(w: Words, dice: random.Random) -> Made:
    items = "".join(
        f"<li><a href=/jobs/{n}>{w.job} {n}</a> Kok AG, Lisboa, 0{n % 9 + 1}.10.2026</li>" for n in range(20)
    )
    return Made("/jobs", w.jobs, f"<h1>{w.jobs}</h1>{form(w, w.search, button=w.search)}<ul>{items}</ul>")


@kind
def classified_ad(w: Words, dice: random.Random) -> Made:
    main = f"<h1>3 Zi. / 3 rooms, 74 m², Lisboa</h1><p class=price>{dice.randint(400, 2000)} €</p><dl><dt>m²</dt><dd>74</dd><dt>{w.month}</dt><dd>{dice.randint(100, 300)} €</dd></dl><p>{dice.choice(w.plain)}</p><button>{w.contact}</button>"
    return Made("/immo/7741", "74 m²", main, declares=dice.choice((None, "Product", "Offer", "Apartment")))


@kind
def epaper(w: Words, dice: random.Random) -> Made:
    sheets = "".join(
        f'<div class=page><img src=/p{n}.jpg alt="{w.page} {n}"><span>{w.page} {n}</span></div>'
        for n in range(1, 33)
    )
    return Made(
        "/epaper/2026-11-01", "E-Paper", f"<h1>E-Paper 01.11.2026</h1><div class=reader>{sheets}</div>"
    )


@kind
def epaper_shelf(w: Words, dice: random.Random) -> Made:
    return Made(
        "/epaper",
        "E-Paper",
        "<h1>E-Paper</h1>"
        + "".join(
            f"<div><a href=/epaper/2026-10-{n:02d}><img src=/c{n}.jpg>{n:02d}.10.2026</a></div>"
            for n in range(1, 31)
        )
        + f"<p>{w.subscribe_text}</p>",
    )


@kind
def crossword(w: Words, dice: random.Random) -> Made:
    return Made(
        "/games/crossword",
        w.games,
        f"<h1>{w.games}</h1><canvas></canvas><ol>"
        + "".join(f"<li>{dice.choice(w.objects)} ({dice.randint(3, 9)})</li>" for _ in range(40))
        + "</ol>",
    )


@kind
def app_download(w: Words, dice: random.Random) -> Made:
    return Made(
        "/app",
        "App",
        f"<h1>Herald App</h1><p>{w.app}</p><a href=//apple.example>App Store</a> <a href=//google.example>Google Play</a>",
        may_declare_article=True,
    )


@kind
def user_profile(w: Words, dice: random.Random) -> Made:
    return Made(
        "/user/kok77",
        "kok77",
        f"<h1>kok77</h1><p>{w.comments}: 217</p><ul>"
        + "".join(
            f"<li><a href=/2026/{n}/s>{h}</a>: {dice.choice(w.plain)}</li>"
            for n, h in enumerate(headlines(w, dice, 10))
        )
        + "</ul>",
        declares=None,
    )


@kind
def poll(w: Words, dice: random.Random) -> Made:
    return Made(
        "/polls/12",
        w.poll,
        f"<h1>{w.poll}</h1><form>"
        + "".join(f"<label><input type=radio name=p> {o}</label>" for o in w.objects[:4])
        + f"<button>{w.vote}</button></form>",
        declares=None,
    )


# -- about the site ------------------------------------------------------------------------------------------------


def standing(path: str, title: str, text: str, dice: random.Random, declares: str | None = "WebPage") -> Made:
    return Made(
        path,
        title,
        f"<h1>{title}</h1>{text}",
        declares=dice.choice((None, declares)),
        may_declare_article=True,
    )


@kind
def about(w: Words, dice: random.Random) -> Made:
    return standing(
        dice.choice(("/about", "/about-us", "/ueber-uns", "/qui-sommes-nous")),
        w.about,
        f"<p>{w.about_text}</p>{paragraphs(w, dice, dice.randint(2, 6))}",
        dice,
        "AboutPage",
    )


@kind
def imprint(w: Words, dice: random.Random) -> Made:
    return standing(
        dice.choice(("/imprint", "/impressum", "/legal", "/mentions-legales")),
        w.imprint,
        f"<p>Herald GmbH, Hafenstr. 1, 12345 Lisboa</p><p>Tel. +49 1234 5678, mail@herald.example</p><p>VAT DE123456789, HRB 1234</p>{paragraphs(w, dice, dice.randint(1, 5), 'legal')}",
        dice,
    )


@kind
def privacy(w: Words, dice: random.Random) -> Made:
    return standing(
        dice.choice(("/privacy", "/privacy-policy", "/datenschutz", "/page/privacy.html")),
        w.privacy,
        "".join(
            f"<h2>{n}. {w.privacy}</h2>{paragraphs(w, dice, 3, 'legal')}"
            for n in range(1, dice.randint(4, 9))
        ),
        dice,
    )


@kind
def terms(w: Words, dice: random.Random) -> Made:
    return standing(
        dice.choice(("/terms", "/agb", "/cgu", "/terms-of-service")),
        w.terms,
        "".join(f"<h2>§ {n}</h2>{paragraphs(w, dice, 2, 'legal')}" for n in range(1, dice.randint(4, 12))),
        dice,
    )


@kind
def cookie_policy(w: Words, dice: random.Random) -> Made:
    rows = "".join(
        f"<tr><td>_c{n}</td><td>{dice.choice(w.consent_text)}</td><td>{n} {w.month}</td></tr>"
        for n in range(12)
    )
    return standing(
        "/cookies",
        w.cookies,
        f"<p>{w.consent_text[0]}</p>{paragraphs(w, dice, 3, 'legal')}<table>{rows}</table>",
        dice,
    )


@kind
def contact(w: Words, dice: random.Random) -> Made:
    return standing(
        dice.choice(("/contact", "/kontakt", "/contacto")),
        w.contact,
        f"<p>Herald, Hafenstr. 1, Lisboa</p>{form(w, w.name, w.email, button=w.send)}<p>{dice.choice(w.plain)}</p>",
        dice,
        "ContactPage",
    )


@kind
def advertise(w: Words, dice: random.Random) -> Made:
    return standing(
        dice.choice(("/advertise", "/mediadaten", "/publicite")),
        w.advertise,
        f"{paragraphs(w, dice, 3)}<table><tr><td>1/1</td><td>9.900 €</td></tr><tr><td>1/2</td><td>5.400 €</td></tr></table>",
        dice,
    )


@kind
def staff_directory(w: Words, dice: random.Random) -> Made:
    people = "".join(
        f"<li>{dice.choice(('Ana', 'Jan', 'Maria', 'Paul'))} {dice.choice(('Prado', 'Kok', 'Lind', 'Berg'))}, {dice.choice(w.sections)}, p{n}@herald.example</li>"
        for n in range(30)
    )
    return standing(
        dice.choice(("/staff", "/redaktion", "/team", "/masthead")), w.staff, f"<ul>{people}</ul>", dice
    )


@kind
def faq(w: Words, dice: random.Random) -> Made:
    return standing(
        dice.choice(("/faq", "/help", "/hilfe")),
        "FAQ",
        "".join(
            f"<h3>{dice.choice(w.questions)}</h3><p>{dice.choice(w.plain)} {dice.choice(w.plain)}</p>"
            for _ in range(10)
        ),
        dice,
        "FAQPage",
    )


@kind
def community_rules(w: Words, dice: random.Random) -> Made:
    return standing(
        dice.choice(("/netiquette", "/community-guidelines", "/comment-policy")),
        w.rules,
        paragraphs(w, dice, 6, "legal"),
        dice,
    )


@kind
def accessibility(w: Words, dice: random.Random) -> Made:
    return standing(
        dice.choice(("/accessibility", "/barrierefreiheit")),
        w.accessibility,
        paragraphs(w, dice, 4, "legal"),
        dice,
    )


@kind
def careers(w: Words, dice: random.Random) -> Made:
    return standing(
        dice.choice(("/careers", "/karriere")),
        w.jobs,
        f"{paragraphs(w, dice, 3)}<ul><li><a href=/j/1>{w.job}</a></li></ul>",
        dice,
    )


# -- layouts -------------------------------------------------------------------------------------------------------


def _frame(made: Made, w: Words, dice: random.Random) -> str:
    menu = "".join(f'<a href="/{n}">{s}</a>' for n, s in enumerate(w.sections))
    foot = f'<a href="/imprint">{w.imprint}</a><a href="/privacy">{w.privacy}</a><a href="/contact">{w.contact}</a><p>© 2026 Herald</p>'
    aside = f"<h3>{w.most_read}</h3>{teasers(w, dice, 5)}" if dice.random() < 0.6 else ""
    layout = dice.randrange(4)
    if layout == 0:
        return f"<header><nav>{menu}</nav></header><main>{made.main}</main><aside>{aside}</aside><footer>{foot}</footer>"
    if layout == 1:
        return f'<div id="top">{menu}</div><div id="content" class="col-8"><div class="inner">{made.main}</div></div><div class="sidebar">{aside}</div><div id="foot">{foot}</div>'
    if layout == 2:
        return f"<table width=100%><tr><td colspan=2>{menu}</td></tr><tr><td>{made.main}</td><td>{aside}</td></tr><tr><td>{foot}</td></tr></table>"
    return f'<ul class="menu"><li>{menu}</li></ul><article class="post page type-page hentry"><div class="entry-content">{made.main}</div></article><div class="widget-area">{aside}</div>{foot}'


def _page(made: Made, w: Words, dice: random.Random) -> Page:
    title = made.title if dice.random() < 0.3 else f"{made.title} | Herald"
    head = [f"<title>{escape(title)}</title>", made.head]
    calls_it_article = made.may_declare_article and dice.random() < 0.5
    if dice.random() < 0.7 and "og:type" not in made.head:
        head.append(f'<meta property="og:type" content="{"article" if calls_it_article else "website"}">')
        head.append(f'<meta property="og:title" content="{escape(made.title)}">')
        if calls_it_article and dice.random() < 0.7:
            head.append('<meta property="article:modified_time" content="2025-03-02T10:00:00+00:00">')
    if made.declares is not None and dice.random() < 0.7:
        data = {"@context": "https://schema.org", "@type": made.declares, "name": made.title}
        if made.declares == "WebPage" and dice.random() < 0.5:
            data |= {
                "datePublished": "2019-05-01T08:00:00+00:00",
                "dateModified": "2025-03-02T10:00:00+00:00",
            }
        graph = {
            "@context": "https://schema.org",
            "@graph": [data, {"@type": "Organization", "name": "Herald"}],
        }
        head.append(
            f'<script type="application/ld+json">{json.dumps(graph if dice.random() < 0.5 else data)}</script>'
        )
    body = made.main if made.bare else _frame(made, w, dice)
    text = f'<!doctype html><html lang="{w.code}"><head><meta charset="utf-8">{"".join(head)}</head><body>{body}</body></html>'
    return Page(
        url=f"https://www.herald.example{made.path}",
        captured_at=NOW,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        payload=text.encode(),
        status=made.status,
    )


def negatives(variations: int = 1, seed: int = 1) -> Iterator[Negative]:
    """Yield every kind in every language, *variations* times, each time otherwise."""
    for name, make in KINDS.items():
        for words in LANGUAGES:
            for number in range(variations):
                dice = random.Random(f"{seed} {name} {words.code} {number}")
                yield Negative(name, words.code, _page(make(words, dice), words, dice))
