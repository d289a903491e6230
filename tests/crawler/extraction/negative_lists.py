"""Fronts, indexes, searches, authors, tags: pages that lead elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.crawler.extraction.negative_parts import Made, form, headlines, kind, paragraphs, teasers

if TYPE_CHECKING:
    import random

    from tests.crawler.extraction.negative_words import Words


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
