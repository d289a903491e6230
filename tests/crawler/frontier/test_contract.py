"""The contract with Scrapy's engine, and what must be off, fail here by name."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest
from scrapy.settings import Settings

from archive.errors import ConfigError, SeamBroken
from crawler.frontier.contract import ENGINE_USES, check_engine, check_spider_middlewares


class Both:
    """What Scrapy 2.19 skips with a line in the log."""

    async def process_spider_output(self, _response, result):
        async for item in result:
            yield item

    async def process_spider_output_async(self, _response, result):
        async for item in result:
            yield item


class Alone:
    """The old name without the new."""

    async def process_spider_output_async(self, _response, result):
        async for item in result:
            yield item


class NoGenerator:
    """Scrapy would take the plain one."""

    def process_spider_output(self, _response, result):
        yield from result

    async def process_spider_output_async(self, _response, result):
        return result


class Good:
    """The form of today."""

    async def process_spider_output(self, _response, result):
        async for item in result:
            yield item


class GoodForOldAndNew:
    """The form that served both."""

    def process_spider_output(self, _response, result):
        yield from result

    async def process_spider_output_async(self, _response, result):
        async for item in result:
            yield item


def settings(*classes):
    found = Settings()
    found.setmodule("crawler.settings", priority="project")
    found.set("SPIDER_MIDDLEWARES", {f"{__name__}.{each.__name__}": 500 for each in classes})
    return found


def test_the_installed_engine_is_as_we_need_it():
    check_engine()


@pytest.mark.parametrize("use", ENGINE_USES, ids=[use.where for use in ENGINE_USES])
def test_a_function_that_is_gone_or_does_otherwise_is_named(monkeypatch, use):
    module, _, name = use.where.partition(":")
    owner, _, method = name.rpartition(".")
    place = pkgutil.resolve_name(f"{module}:{owner}") if owner else importlib.import_module(module)
    monkeypatch.setattr(place, method, lambda _: None)
    with pytest.raises(SeamBroken, match=re.escape(f"{module}.{name} no longer uses {use.names[0]}")):
        check_engine()
    monkeypatch.delattr(place, method)
    with pytest.raises(SeamBroken, match=re.escape(f"{module}.{name}")):
        check_engine()


def test_our_own_spider_middlewares_and_good_ones_pass():
    check_spider_middlewares(settings())
    check_spider_middlewares(settings(Good, GoodForOldAndNew))


@pytest.mark.parametrize(
    ("middleware", "words"),
    [(Both, "both"), (Alone, "no process_spider_output"), (NoGenerator, "no asynchronous generator")],
)
def test_one_that_scrapy_would_skip_is_refused_by_name(middleware, words):
    with pytest.raises(ConfigError, match=rf"{middleware.__name__} .*{words}.*Scrapy would skip it"):
        check_spider_middlewares(settings(middleware))


def test_nothing_listens_while_a_crawl_runs():
    made = settings()
    assert not made.getbool("TELNETCONSOLE_ENABLED")
    assert not made.getbool("REMOTE_CONTROL_ENABLED")
    assert made.getwithbase("EXTENSIONS")["scrapy.extensions.remote_control.RemoteControl"] is not None, (
        "Scrapy has no such extension any more: look what came in its place"
    )
