"""Walls before an article, and errors that answer 200."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.crawler.extraction.negative_parts import Made, form, kind, teasers

if TYPE_CHECKING:
    import random

    from tests.crawler.extraction.negative_words import Words


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
