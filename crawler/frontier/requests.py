"""Requests as JSON and back: callbacks by name, header fields as latin-1, nothing that must be unpickled."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from scrapy.utils.request import request_from_dict

if TYPE_CHECKING:
    from scrapy import Request, Spider

_KEPT = ("url", "callback", "errback", "method", "priority", "dont_filter", "cookies", "cb_kwargs", "flags")
_ALWAYS = {"url", "callback", "priority"}


def to_json(request: Request, spider: Spider) -> str:
    """Return *request* as JSON. Raises TypeError for a meta value that is none, ValueError for a callback not of *spider*."""
    fields = request.to_dict(spider=spider)
    kept: dict[str, Any] = {key: fields[key] for key in _KEPT if fields[key] or key in _ALWAYS}
    kept["meta"] = request.meta
    if request.headers:
        kept["headers"] = [
            [name.decode("latin-1"), [value.decode("latin-1") for value in values]]
            for name, values in request.headers.items()
        ]
    if request.body:
        kept["body"] = request.body.decode("latin-1")
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str, spider: Spider) -> Request:
    """Return the request that *to_json* wrote."""
    fields = json.loads(text)
    if "headers" in fields:
        fields["headers"] = {
            name.encode("latin-1"): [value.encode("latin-1") for value in values]
            for name, values in fields["headers"]
        }
    if "body" in fields:
        fields["body"] = fields["body"].encode("latin-1")
    return request_from_dict(fields, spider=spider)
