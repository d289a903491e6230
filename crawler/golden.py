"""Golden pages: captured pages kept with what must be read of them, so that a profile or a rule cannot break them unseen."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from archive.errors import UserError
from archive.export.values import content_values
from archive.urls import canonical
from archive.warc.pages import page_of
from archive.warc.reader import iter_records
from crawler.extraction.article import extract_article
from crawler.extraction.document import Document
from crawler.profiles import load_profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.model import Page, Record

HOUSE = Path(__file__).resolve().parent.parent / "tests" / "sites"
"""Golden pages of the profiles in ``spiders/sites`` and of the sample newsroom."""
_ENDING = ".warc.gz"


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of a golden page that is read otherwise than it must be."""

    field: str
    expected: Any
    found: Any


def golden_files(folder: Path, domains: tuple[str, ...] = ()) -> list[Path]:
    """Return the golden pages in *folder*, which has one folder for each domain; only those of *domains* when given."""
    found = sorted(folder.glob(f"*/*{_ENDING}"))
    return [path for path in found if not domains or path.parent.name in domains]


def differences(path: Path) -> list[Difference]:
    """Return in what the golden page *path* is read otherwise than the JSON beside it says. Raises UserError without one.

    A field that the JSON does not name may be anything, in credits and pictures too: it may be younger than the page.
    """
    expected_file = _json_of(path)
    try:
        expected = json.loads(expected_file.read_text("utf-8"))
    except FileNotFoundError as error:
        raise UserError(f"{expected_file} is missing; `tearsheet sites test --update` writes it") from error
    except ValueError as error:
        raise UserError(f"{expected_file}: {error}") from error
    found = read(path)
    return [
        Difference(name, expected.get(name), found.get(name))
        for name in expected
        if not _says(found.get(name), expected[name])
    ]


def _says(found: Any, expected: Any) -> bool:
    """Return whether *found* is *expected*, but for keys that *expected* does not have."""
    if isinstance(expected, dict) and isinstance(found, dict):
        return all(_says(found.get(key), value) for key, value in expected.items())
    if isinstance(expected, list) and isinstance(found, list):
        return len(expected) == len(found) and all(map(_says, found, expected))
    return bool(found == expected)


def read(path: Path) -> dict[str, Any]:
    """Return what is read of the golden page *path*, as ``tearsheet show --json`` tells it."""
    page = _page(path)
    article = extract_article(Document(page, load_profile(page.url)))
    return {"is_article": article.is_article, **json.loads(json.dumps(content_values(article)))}


def update(path: Path) -> None:
    """Write what is read of the golden page *path* beside it, to be reviewed like code."""
    text = json.dumps(read(path), ensure_ascii=False, indent=1, sort_keys=True)
    _json_of(path).write_text(text + "\n", "utf-8")


def keep(warc: Path, url: str, folder: Path) -> Path:
    """Copy the newest good capture of *url* in the file *warc*, record by record as it is, into *folder*; return the new file."""
    wanted = [record for record in _records(warc) if record.target_uri and _same(record.target_uri, url)]
    response = next((record for record in reversed(wanted) if record.status == 200), None)
    if response is None:
        raise UserError(f"{url} was not captured with status 200")
    domain = (urlsplit(url).hostname or "").removeprefix("www.")
    target = folder / domain / f"{_name_of(url)}{_ENDING}"
    target.parent.mkdir(parents=True, exist_ok=True)
    with warc.open("rb") as source, target.open("wb") as copy:
        for record in _records(warc):
            if record.record_type == "warcinfo" or record.record_id in {
                response.record_id,
                *response.concurrent_to,
            }:
                source.seek(record.place.offset)
                copy.write(source.read(record.place.length))
    update(target)
    return target


def _records(warc: Path) -> Iterator[Record]:
    return (opened.record for opened in iter_records(warc))


def _page(path: Path) -> Page:
    for opened in iter_records(path):
        page = page_of(opened, lambda _: None)
        if page is not None:
            return page
    raise UserError(f"{path} holds no page")


def _same(one: str, other: str) -> bool:
    return canonical(one) == canonical(other)


def _json_of(path: Path) -> Path:
    return path.with_name(path.name.removesuffix(_ENDING) + ".json")


def _name_of(url: str) -> str:
    parts = urlsplit(url)
    words = re.sub(r"[^A-Za-z0-9]+", "-", f"{parts.path} {parts.query}").strip("-").lower()
    return words[-80:].strip("-") or "home"
