"""Golden pages: what must be read of pages that were captured once. ``UPDATE_GOLDEN=1`` writes them anew; review the diff like code."""

from __future__ import annotations

import json
import os
import shutil
from importlib import resources
from pathlib import Path

import pytest

from archive.errors import UserError
from crawler.golden import HOUSE, differences, golden_files, update
from crawler.profiles import load_profiles, use_folder

PAGES = golden_files(HOUSE)
SAMPLE = Path(str(resources.files("crawler.newsroom.sites")))


@pytest.fixture(autouse=True)
def sample_profiles():
    use_folder(SAMPLE)
    yield
    use_folder(None)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_golden_page_is_read_as_it_must_be(path):
    if os.environ.get("UPDATE_GOLDEN"):
        update(path)
    assert differences(path) == []


def test_every_outlet_of_the_newsroom_has_a_profile_and_a_golden_page():
    from crawler.newsroom import world

    hosts = {outlet.host for outlet in world.outlets()}
    assert load_profiles(SAMPLE).keys() == hosts
    assert {path.parent.name for path in PAGES} == hosts


def test_what_is_read_otherwise_is_named_field_by_field(tmp_path):
    page = tmp_path / "127.0.0.2" / PAGES[0].name
    page.parent.mkdir()
    shutil.copy(PAGES[0], page)
    with pytest.raises(UserError, match="is missing"):
        differences(page)
    update(page)
    expected = page.with_name(page.name.replace(".warc.gz", ".json"))
    values = json.loads(expected.read_text("utf-8"))
    expected.write_text(json.dumps(values | {"headline": "Another"}), "utf-8")
    assert [(one.field, one.expected) for one in differences(page)] == [("headline", "Another")]
