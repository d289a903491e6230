"""Shops, figures, forms, offers, and what a site says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.crawler.extraction.negative_parts import Made, form, headlines, kind, paragraphs

if TYPE_CHECKING:
    import random

    from tests.crawler.extraction.negative_words import Words


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
def poll(w: Words, dice: random.Random) -> Made:
    return Made(
        "/polls/12",
        w.poll,
        f"<h1>{w.poll}</h1><form>"
        + "".join(f"<label><input type=radio name=p> {o}</label>" for o in w.objects[:4])
        + f"<button>{w.vote}</button></form>",
        declares=None,
    )


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
