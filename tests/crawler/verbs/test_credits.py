"""``tearsheet credits parse``: JSON lines in, JSON lines out."""

import io
import json
import subprocess
import sys
from types import SimpleNamespace

from crawler.cli import main
from crawler.extraction.credits.reading import read_credits


def parse(monkeypatch, capsys, *lines: bytes):
    """Return what the command answers to *lines*."""
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"".join(lines))))
    assert main(["credits", "parse"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_line_is_answered_in_the_scorer_s_form(monkeypatch, capsys):
    line = {"id": "x1", "raw": "By Jane Doe, AP", "where": "byline", "lang": "en"}

    assert parse(monkeypatch, capsys, json.dumps(line).encode()) == [
        {
            "id": "x1",
            "credits": [
                {
                    "name": "Jane Doe",
                    "kind": "person",
                    "role": "author",
                    "agency": None,
                    "raw": "By Jane Doe",
                },
                {
                    "name": "The Associated Press",
                    "kind": "agency",
                    "role": "source",
                    "agency": "AP",
                    "raw": "AP",
                },
            ],
            "dateline": [],
            "archive": False,
        }
    ]


def test_what_cannot_be_read_is_an_error_in_its_place(monkeypatch, capsys):
    answers = parse(
        monkeypatch,
        capsys,
        b"By Jane Doe\n",
        b"[1]\n",
        b"\n",
        b'{"id": 3, "where": "byline"}\n',
        b'{"id": 4, "raw": "dpa", "where": 7}\n',
        b'{"id": 5, "raw": NaN}\n',
        b"[" * 100_000 + b"\n",
        b'{"id": 6, "raw": "\xff"}\n',
        b'{"id": 7, "raw": "\\ud83d dpa", "where": "tail"}\n',
        b'{"id": 8, "raw": "dpa", "where": "byline", "lang": null}',
    )

    assert ["error" in answer for answer in answers] == [True] * 7 + [False, False]
    assert [answer["id"] for answer in answers] == [None, None, 3, 4, None, None, None, 7, 8]


def test_each_line_is_answered_before_the_next_is_asked():
    command = [sys.executable, "-m", "crawler", "credits", "parse"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        for number in range(3):
            process.stdin.write(json.dumps({"id": number, "raw": "dpa", "where": "byline"}).encode() + b"\n")
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
            assert (answer["id"], answer["credits"][0]["agency"]) == (number, "DPA")
        process.stdin.close()
    assert process.returncode == 0


def test_pages_and_lines_are_read_by_the_same_function(monkeypatch, capsys):
    lines = [
        ("(Jane Doe/AFP)", "caption"),
        ("LONDON (Reuters) - The harbour", "dateline"),
        ("dpa/lby", "tail"),
    ]

    asked = [json.dumps({"id": n, "raw": raw, "where": where}) for n, (raw, where) in enumerate(lines)]
    answers = parse(monkeypatch, capsys, "\n".join(asked).encode())

    for (raw, where), answer in zip(lines, answers, strict=True):
        reading = read_credits(raw, where)
        assert [c["name"] for c in answer["credits"]] == [c.name for c in reading.credits]
        assert [place["place"] for place in answer["dateline"]] == list(reading.dateline)
