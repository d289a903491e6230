import pytest

from crawler.extraction.credits.page import split_tail

TEXT = ["The council met on Tuesday and closed the bridge.", "The ferry goes on, the mayor said."]


@pytest.mark.parametrize(
    "line",
    [
        "— Jane Doe (@janedoe) November 18, 2019",
        "HARBOUR ROWING",
        "Sport",
        "Our team",
        "Jane Doe is no angel.",
        "Own Research",
        "Mit 80 Jahren noch aktiv",
        "example.com: Behind the Seized Ferry, Old Debts",
        "Learn Danish with our original study books on the Example Shelf",
        "Jane Doe, Harbour Experience Lead at Example Ferries",
    ],
)
def test_a_line_of_text_stays_in_the_text(line: str) -> None:
    found = split_tail([*TEXT, line], language=None, outlets=())
    assert found.body == (*TEXT, line)
    assert not [credit for credit in found.credits if credit.kind == "person"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Jane Doe", ["Jane Doe"]),
        ("– Dr. Jane Doe and Thomas Roe", ["Jane Doe", "Thomas Roe"]),
        ("Lê Phương", ["Lê Phương"]),
        ("Reporting by Jane Doe; Editing by Thomas Roe", ["Jane Doe", "Thomas Roe"]),
        ("mit dpa", ["Deutsche Presse-Agentur"]),
        ("Autorin Anna Muster", ["Anna Muster"]),
        ("EX-Redaktion", ["EX-Redaktion"]),
        ("Web Desk", ["Web Desk"]),
    ],
)
def test_a_line_of_credits_leaves_the_text(line: str, names: list[str]) -> None:
    found = split_tail([*TEXT, line], language=None, outlets=())
    assert found.credit_lines == (line,)
    assert [credit.name for credit in found.credits] == names
