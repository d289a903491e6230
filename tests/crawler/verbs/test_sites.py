import json

import pytest

from crawler.cli import main
from crawler.profiles import load_profiles


@pytest.fixture
def sites(capsys):
    def run(archive) -> tuple[dict[str, dict], str]:
        assert main(["--archive", str(archive), "sites", "--json"]) == 0
        out, err = capsys.readouterr()
        return {row["site"]: row for row in map(json.loads, out.splitlines())}, err

    return run


def test_every_profile_is_listed_without_an_archive(sites, tmp_path):
    rows, err = sites(tmp_path)

    domains = {profile.domains[0] for profile in load_profiles().values()}
    assert rows.keys() == domains
    assert {row["articles"] for row in rows.values()} == {0}
    assert "only the profiles are listed" in err


def test_sites_of_the_archive_come_with_counts_and_times(sites, first_crawl):
    rows, err = sites(first_crawl.archive)

    held = {site: row for site, row in rows.items() if row["articles"]}
    assert sum(row["articles"] for row in held.values()) == first_crawl.summary["counts"]["new-article"]
    assert len(held) == 5
    assert all(row["first_captured"] <= row["last_captured"] for row in held.values())
    assert err == ""


def test_the_golden_pages_of_the_house_are_read_with_the_sample_newsrooms_profiles(tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--archive", str(tmp_path), "sites", "test"])
    assert ended.value.code == 0
    assert "5 golden pages, 0 read otherwise" in capsys.readouterr().err
