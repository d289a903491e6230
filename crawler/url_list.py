"""Addresses that were given to a run one by one: what robots.txt closes of them is a fact; that all are closed is not what was asked for."""

from __future__ import annotations


class UrlList:
    """What became of them, as far as robots.txt goes."""

    def __init__(self) -> None:
        self._urls: frozenset[str] = frozenset()
        self._closed: dict[str, str] = {}
        self._has_answer = False

    def give(self, urls: tuple[str, ...]) -> None:
        """Take *urls*; sites are not among them."""
        self._urls = frozenset(urls)

    def note_closed(self, url: str, why: str) -> bool:
        """Return whether *url* is of the list; then it is remembered as closed."""
        if url in self._urls:
            self._closed[url] = why
        return url in self._urls

    def note_answer(self) -> None:
        """Note that one was answered, whatever came."""
        self._has_answer = True

    def unread(self) -> dict[str, str]:
        """Return each address with why, when robots.txt closes all that were asked about; else nothing."""
        return {} if self._has_answer else self._closed
