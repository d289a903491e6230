"""Which elements and attributes a replayed page may have. What is not here is not written."""

from __future__ import annotations

from archive.replay.addresses import DOCUMENT, OTHER, PICTURE, WINDOW

DROPPED = frozenset({"script", "template", "object", "embed", "applet", "base", "meta", "frameset", "frame", "noframes",
                     "noembed", "param", "portal", "fencedframe", "foreignobject", "set", "animate", "animatetransform",
                     "animatemotion"})  # fmt: skip
"""Gone with all that stands in them. SVG's animations can change an address after it was checked."""

UNWRAPPED = frozenset({"noscript", "xmp", "plaintext", "listing"})
"""Their words stay: without scripts a browser shows what stands in ``noscript``."""

VOID = frozenset(
    {"area", "br", "col", "hr", "img", "input", "source", "track", "wbr", "embed", "link", "meta"}
)

_ANY = frozenset({"id", "class", "lang", "dir", "title", "style", "hidden", "role", "tabindex", "itemprop", "itemscope",
                  "itemtype", "aria-label", "aria-labelledby", "aria-describedby", "aria-hidden", "aria-level"})  # fmt: skip
_TABLE = frozenset({"align", "valign", "bgcolor", "width", "height", "colspan", "rowspan", "scope", "border",
                    "cellpadding", "cellspacing", "nowrap", "headers", "span"})  # fmt: skip
_PLAIN = """html head title body article section nav aside header footer main address h1 h2 h3 h4 h5 h6 hgroup p pre
blockquote ul dl dt dd figure figcaption div search em strong small s cite dfn abbr ruby rt rp rb rtc var samp kbd sub sup
i b u mark bdi bdo span br wbr picture map legend fieldset summary label menu center strike big tt nobr acronym dir
noscript xmp plaintext listing code output optgroup datalist slot hr"""

ATTRIBUTES: dict[str, frozenset[str]] = dict.fromkeys(_PLAIN.split(), _ANY)
"""Element → attributes that are written as they are."""
ATTRIBUTES |= {
    "body": _ANY | {"bgcolor", "text", "link", "vlink", "alink"},
    "a": _ANY | {"name", "hreflang"},
    "area": _ANY | {"alt", "coords", "shape"},
    "map": _ANY | {"name"},
    "img": _ANY | {"alt", "width", "height", "sizes", "align", "border", "hspace", "vspace", "usemap"},
    "source": _ANY | {"type", "media", "sizes", "width", "height"},
    "video": _ANY | {"controls", "width", "height", "loop", "muted"},
    "audio": _ANY | {"controls", "loop", "muted"},
    "track": _ANY | {"kind", "srclang", "label", "default"},
    "iframe": _ANY | {"width", "height", "frameborder", "scrolling"},
    "time": _ANY | {"datetime"},
    "data": _ANY | {"value"},
    "q": _ANY,
    "ins": _ANY | {"datetime"},
    "del": _ANY | {"datetime"},
    "ol": _ANY | {"start", "type", "reversed"},
    "li": _ANY | {"value", "type"},
    "details": _ANY | {"open"},
    "dialog": _ANY | {"open"},
    "progress": _ANY | {"value", "max"},
    "meter": _ANY | {"value", "max", "min", "low", "high", "optimum"},
    "font": _ANY | {"color", "face", "size"},
    "marquee": _ANY,
    "form": _ANY,
    "button": _ANY | {"disabled"},
    "input": _ANY | {"type", "value", "placeholder", "checked", "disabled", "size"},
    "select": _ANY | {"disabled", "multiple", "size"},
    "option": _ANY | {"selected", "value", "label"},
    "textarea": _ANY | {"rows", "cols", "placeholder", "disabled"},
    **dict.fromkeys(("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "col", "colgroup"), _ANY | _TABLE),
}  # fmt: skip

SVG_ELEMENTS = frozenset({"svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan",
                          "defs", "symbol", "lineargradient", "radialgradient", "stop", "clippath", "mask", "desc", "use",
                          "math", "mi", "mn", "mo", "mrow", "msup", "msub", "mfrac", "msqrt"})  # fmt: skip
SVG_ATTRIBUTES = _ANY | frozenset(
    [
        "viewbox",
        "width",
        "height",
        "x",
        "y",
        "x1",
        "x2",
        "y1",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "d",
        "points",
        "fill",
        "fill-rule",
        "fill-opacity",
        "stroke",
        "stroke-width",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-opacity",
        "stroke-dasharray",
        "opacity",
        "transform",
        "offset",
        "stop-color",
        "stop-opacity",
        "clip-path",
        "clip-rule",
        "mask",
        "gradientunits",
        "gradienttransform",
        "preserveaspectratio",
        "text-anchor",
        "font-size",
        "font-family",
        "font-weight",
        "dx",
        "dy",
        "xmlns",
        "focusable",
    ]
)

ADDRESSES: dict[tuple[str, str], str] = {
    ("a", "href"): WINDOW,
    ("area", "href"): WINDOW,
    ("img", "src"): PICTURE,
    ("input", "src"): PICTURE,
    ("body", "background"): PICTURE,
    ("table", "background"): PICTURE,
    ("td", "background"): PICTURE,
    ("video", "src"): OTHER,
    ("video", "poster"): PICTURE,
    ("audio", "src"): OTHER,
    ("source", "src"): OTHER,
    ("track", "src"): OTHER,
    ("iframe", "src"): DOCUMENT,
}
"""Attributes that hold an address, and how what stands there is shown."""

LAZY = (
    ("src", ("data-src", "data-lazy-src", "data-original", "data-lazy", "data-url", "data-img-url")),
    ("srcset", ("data-srcset", "data-lazy-srcset")),
    ("poster", ("data-poster",)),
)
