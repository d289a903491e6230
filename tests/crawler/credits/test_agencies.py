"""The authority table: every line well formed, every code and every sure name one agency's."""

import csv
import json
import re
from collections import defaultdict

import pytest

from crawler.cli import main
from crawler.extraction.credits.agencies import TABLE, agency_table
from crawler.extraction.credits.reading import read_credits

KINDS = {
    "wire", "financial", "sports", "religious", "photo", "video", "syndicate", "pr", "state", "generic",
}  # fmt: skip


def lines():
    text = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.reader(text))


def test_every_line_is_well_formed():
    head, *rows = lines()
    assert head == ["code", "name", "country", "kind", "languages", "names", "wikidata"]
    for row in rows:
        code, name, country, kind, languages, names, *wikidata = row
        assert re.fullmatch(r"[A-Z0-9]{2,20}", code), row
        assert name == name.strip() != "", row
        assert re.fullmatch(r"[A-Z]{2}|", country), row
        assert kind in KINDS, row
        assert all(re.fullmatch(r"[a-z]{2,3}", language) for language in languages.split()), row
        assert all(one == one.strip() and one.removesuffix("?") for one in names.split(";")), row
        assert len(wikidata) <= 1, row
        assert all(re.fullmatch(r"Q[1-9]\d{3,9}|", item) for item in wikidata), row


def test_codes_and_items_are_one_agency_s():
    table = agency_table().agencies
    assert len(table) > 700
    assert len({agency.code for agency in table}) == len(table)
    items = [agency.wikidata for agency in table if agency.wikidata]
    assert len(set(items)) == len(items) > 20


def test_no_sure_name_is_claimed_by_two_agencies():
    claims = defaultdict(set)
    for agency in agency_table().agencies:
        for name in agency.names:
            if name not in agency.ambiguous:
                claims[name.casefold()].add(agency.code)
    assert {name: codes for name, codes in claims.items() if len(codes) > 1} == {}


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("(Agence malienne de presse)", ["AMAP"]),
        ("(Inter Press Service)", ["IPS"]),
        ("(КазТАГ)", ["KAZTAG"]),
        ("(وكالة شفق نيوز)", ["SHAFAQ"]),
        ("By Agence QMI", ["QMI"]),
        ("Jane Doe, Field Level Media", ["FLM"]),
    ],
)
def test_agencies_of_the_world_are_known(line, codes):
    found = read_credits(line, "tail" if line.startswith("(") else "byline").credits
    assert [credit.agency for credit in found if credit.kind == "agency"] == codes


@pytest.mark.parametrize(
    "line", ["Photo: Nina", "NAMPA, Idaho — The council", "Рост цен: роста не будет", "Photo: Lena Ami", "对朝中社会交流"]
)  # fmt: skip
def test_words_and_first_names_are_no_agencies(line):
    assert [c for where in ("image_credit", "dateline", "tail", "intext") for c in read_credits(line, where).credits if c.kind == "agency"] == []  # fmt: skip


@pytest.mark.parametrize(
    ("line", "parties"),
    [
        ("By Leta Beispiel", ["Leta Beispiel"]),
        ("ERINA TANAKA", ["Erina Tanaka"]),
        ("By Rex Muster, Reuters", ["Rex Muster", "REUTERS"]),
        ("LETA", ["LETA"]),
        ("Efe Madrid", ["EFE"]),
        ("Efe Reportajes", ["EFE"]),
    ],
)
def test_an_agency_s_name_before_a_surname_is_a_first_name(line, parties):
    assert [credit.agency or credit.name for credit in read_credits(line, "byline").credits] == parties


def test_the_table_can_be_looked_through(capsys):
    assert main(["credits", "agencies", "katolicka", "--json"]) == 0
    [found] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (found["code"], found["country"], found["kind"]) == ("KAI", "PL", "religious")
    assert main(["credits", "agencies", "--kind", "video"]) == 0
    assert "STORYFUL" in capsys.readouterr().out
