"""What tells one extractor from another."""

import pytest

from crawler.extractor import READS, extractor
from tests.conftest import ROOT


@pytest.mark.parametrize("pattern", READS)
def test_all_that_the_digest_is_made_of_is_there(pattern):
    assert list(ROOT.glob(pattern)) != []


def test_it_is_named_by_release_and_digest():
    release, _, digest = extractor().rpartition("-")
    assert release
    assert int(digest, 16)
    assert len(digest) == 12
