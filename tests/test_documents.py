"""The documents say what is: every verb, setting, link and command line in them."""

import inspect
import re
import shlex
from pathlib import Path

import click
import pytest

from archive.config import Config, render, settings
from archive.exit_codes import ExitCode
from archive.export.formats import find_formats
from archive.verbs import commands_page
from archive.verbs.group import find_verbs, summary, tearsheet

ROOT = Path(__file__).resolve().parent.parent
TREES = ("archive", "crawler", "spiders", "tests", "docs")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(path for tree in TREES for path in (ROOT / tree).rglob("*.md"))])
COMMANDS = commands_page.PAGE.read_text(encoding="utf-8")
CONTEXT = click.Context(tearsheet, info_name="tearsheet")
_LINK = re.compile(r"(?<!!)\[[^\]\n]*(?:\n[^\]\n]*)?\]\(([^)\s]+)\)")


def verb_named(name: str) -> click.Command:
    verb = tearsheet.get_command(CONTEXT, name)
    assert verb is not None, name
    return verb


def calls_in(text: str) -> list[list[str]]:
    """Return the arguments of every call of ``tearsheet`` in *text*, where it begins a line or follows ``|`` or ``<(``."""
    found = []
    for line in text.splitlines():
        plain = re.sub(r"\s+#\s.*$", "", line).strip().removeprefix("$ ")
        for call in re.findall(r"(?:^|\| |<\()(?:\.venv/bin/)?tearsheet( .*?)?(?=\)|$)", plain):
            words = re.split(r" [|>] | \| ?$", call)[0]
            found.append(shlex.split(words.replace("…", "")))
    return [words for words in found if words]


def check_call(words: list[str]) -> None:
    """Parse *words* as the command line does, without running anything. Raises click.UsageError."""
    if words[0].startswith("-"):
        parsed = tearsheet.make_context("tearsheet", list(words), resilient_parsing=True)
        words = [*parsed._protected_args, *parsed.args]
    if words and not words[0].startswith("-"):
        verb = verb_named(words[0])
        verb.make_parser(click.Context(verb, info_name=words[0], parent=CONTEXT)).parse_args(list(words[1:]))


def code_of(text: str) -> str:
    """Return the code blocks of a Markdown text, fenced ones and indented ones."""
    fenced = re.findall(r"^```.*?^```", text, re.DOTALL | re.MULTILINE)
    rest = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    return "\n".join([*fenced, *re.findall(r"^ {4}.*$", rest, re.MULTILINE)])


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", find_verbs())
def test_a_verb_has_help_examples_and_its_place_in_the_page(name: str):
    verb = verb_named(name)

    assert summary(find_verbs()[name])
    words, mark, examples = inspect.cleandoc(verb.help or "").partition("\b\nExample:\n")
    assert len(words.strip()) > 40
    assert mark
    assert calls_in(examples)
    for words in calls_in(examples):
        check_call(words)
    assert f"\n## {name}\n" in COMMANDS
    for option in verb.params:
        assert isinstance(option, click.Argument) or option.help, f"{name} {option.opts}"


def test_the_page_of_commands_is_up_to_date():
    assert commands_page.page() == COMMANDS, "write it anew: python -m archive.verbs.commands_page"


@pytest.mark.parametrize("columns", ["60", "200"])
def test_the_page_of_commands_does_not_depend_on_the_terminal(columns: str, monkeypatch):
    monkeypatch.setenv("COLUMNS", columns)

    assert commands_page.page() == COMMANDS


def test_every_exit_code_and_format_is_in_the_page():
    for code in ExitCode:
        assert f"| {code.value} | {code.meaning} |" in COMMANDS
    for name in find_formats():
        assert f"| `{name}` |" in COMMANDS


def test_every_setting_is_in_the_file_of_a_new_archive():
    text = render(Config())

    assert len(settings()) > 30
    for setting in settings():
        assert f"\n[{setting.section}]\n" in text
        assert f"\n{setting.name} = " in text


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path):
    for link in _LINK.findall(path.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        target, _, anchor = link.partition("#")
        file = (path.parent / target).resolve() if target else path
        assert file.exists(), f"{path.relative_to(ROOT)}: {link}"
        assert not anchor or anchor in anchors(file), f"{path.relative_to(ROOT)}: {link}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_in_documents_can_be_given(path: Path):
    for words in calls_in(code_of(path.read_text(encoding="utf-8"))):
        try:
            check_call(words)
        except click.UsageError as error:
            pytest.fail(f"{path.relative_to(ROOT)}: tearsheet {shlex.join(words)}: {error.message}")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_settings_in_documents_exist(path: Path):
    known = {setting.key for setting in settings()}
    sections = {setting.section for setting in settings()}
    text = path.read_text(encoding="utf-8")
    named = re.findall(r"`([a-z]+\.[a-z_]+)`|--set ([a-z]+\.[a-z_]+)=", text)
    for key in (first or second for first, second in named):
        if key.partition(".")[0] in sections and not key.endswith((".py", ".db", ".md", ".sh", ".toml")):
            assert key in known, f"{path.relative_to(ROOT)}: {key}"
