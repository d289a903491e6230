"""The contract with Scrapy's and Twisted's insides: fails here, by name, when they change."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

from archive.errors import SeamBroken
from crawler.capture.seam import USES, check_seam

PLACES = [use.where for use in USES]
CLASSES = sorted(
    {where.rpartition(".")[0] for where in PLACES if not where.startswith("twisted.web.client:")}
)
"""Nothing can be taken out of twisted.web.client: Twisted puts a proxy for deprecated names in its place."""


def test_the_installed_scrapy_and_twisted_are_as_the_capture_needs_them():
    check_seam()


@pytest.mark.parametrize("place", CLASSES)
def test_a_class_that_is_gone_is_named(monkeypatch, place):
    module, _, name = place.partition(":")
    monkeypatch.delattr(importlib.import_module(module), name)

    with pytest.raises(SeamBroken, match=rf"{name}.* is gone"):
        check_seam()


@pytest.mark.parametrize("place", PLACES)
def test_a_method_that_is_gone_is_named(monkeypatch, place):
    owner, _, name = place.rpartition(".")
    monkeypatch.delattr(pkgutil.resolve_name(owner), name)

    with pytest.raises(SeamBroken, match=re.escape(place.replace(":", "."))):
        check_seam()


@pytest.mark.parametrize(("place", "used"), [(use.where, name) for use in USES for name in use.names])
def test_a_name_that_is_no_longer_used_is_named(monkeypatch, place, used):
    owner, _, name = place.rpartition(".")
    others = [other for use in USES if use.where == place for other in use.names if other != used]
    source = f"def {name}(self):\n" + "".join(f"    self.{other}\n" for other in others) + "    return None\n"
    scope: dict = {}
    exec(source, scope)
    monkeypatch.setattr(pkgutil.resolve_name(owner), name, scope[name])

    with pytest.raises(SeamBroken, match=rf"{re.escape(name)} no longer uses {used}:"):
        check_seam()
