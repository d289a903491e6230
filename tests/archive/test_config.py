from pathlib import Path

import pytest

from archive.config import Config, load, override, parse, render, require_contact, settings, user_agent
from archive.errors import ConfigError


def test_what_is_rendered_is_read_back_the_same():
    changed = override(
        Config(),
        [
            'operator.name="Städtische \\"Presse\\" \\\\ Bücherei"',
            "operator.contact=archive@library.example",
            "crawl.follow_links=false",
            "politeness.delay_seconds=0.25",
            "warc.compression_level=9",
        ],
    )

    assert parse(render(changed)) == changed != Config()
    assert parse(render(Config())) == Config() == parse("")


def test_every_setting_is_explained_in_the_file():
    text = render(Config())

    for setting in settings():
        assert setting.doc.endswith("."), setting.key
        assert f"\n{setting.name} = " in text
        assert " ".join(setting.doc.split()) in " ".join(text.replace("\n# ", " ").split())
    assert all(len(line) <= 110 for line in text.splitlines())


def test_a_missing_file_means_the_defaults(tmp_path: Path):
    assert load(tmp_path / "tearsheet.toml") == Config()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[politness]\n", "x.toml, line 1: there is no section [politness]; the nearest is [politeness]"),
        (
            "[politeness]\n\nobey_robot = true\n",
            "x.toml, line 3: there is no setting politeness.obey_robot; the nearest is politeness.obey_robots",
        ),
        (
            "[crawl]\nretries = 1\ndelay_seconds = 3",
            "x.toml, line 3: there is no setting crawl.delay_seconds; the nearest is politeness.delay_seconds",
        ),
        ("crawl.retires = 3", "x.toml, line 1: there is no setting crawl.retires; the nearest is crawl.retries"),
        ("crawl = 3", "x.toml, line 1: crawl is a section; write [crawl] on a line of its own"),
        ('[crawl]\nretries = "2"', 'x.toml, line 2: crawl.retries must be a whole number, 0 or more, not "2"'),
        ("[crawl]\nretries = true", "x.toml, line 2: crawl.retries must be a whole number, 0 or more, not true"),
        ("[crawl]\nretries = -1", "x.toml, line 2: crawl.retries must be a whole number, 0 or more, not -1"),
        ("[crawl]\nfollow_links = 1", "x.toml, line 2: crawl.follow_links must be true or false, not 1"),
        ("[warc]\nmax_megabytes = inf", "x.toml, line 2: warc.max_megabytes must be a number, 1 or more, not inf"),
        ("[warc]\ncompression_level = 12", "x.toml, line 2: warc.compression_level must be a whole number, 1 to 9, not 12"),
        ('[replay]\nengine = "other"', 'x.toml, line 2: replay.engine must be "static" or "pywb", not "other"'),
        (
            '[operator]\ncontact = "me"',
            'x.toml, line 2: operator.contact must be a text in quotes: a mail address or an http(s) URL, not "me"',
        ),
        (
            '[warc]\nprefix = "../up"',
            'x.toml, line 2: warc.prefix must be a text in quotes: letters, digits, - and _ only, not "../up"',
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_named_with_its_line(text: str, message: str):
    with pytest.raises(ConfigError) as caught:
        parse(text, "x.toml")

    assert str(caught.value) == message


@pytest.mark.parametrize("text", ["[crawl", "retries", "[crawl]\nretries = 1\nretries = 2"])
def test_text_that_is_no_toml_is_refused_with_its_place(text: str):
    with pytest.raises(ConfigError, match=r"x\.toml: .*\(at "):
        parse(text, "x.toml")


def test_a_line_break_cannot_get_into_the_user_agent():
    with pytest.raises(ConfigError, match=r"operator\.name must be"):
        parse('[operator]\nname = "a\\r\\nCookie: b"')


def test_a_setting_on_the_command_line_needs_section_and_value():
    with pytest.raises(ConfigError, match=r"write section\.setting=value"):
        override(Config(), ["retries=1"])
    with pytest.raises(ConfigError, match="on the command line: there is no setting"):
        override(Config(), ["crawl.retires=1"])


@pytest.mark.parametrize(
    ("name", "contact", "expected"),
    [
        ("", "", "Tearsheet/1.2"),
        (
            "City Library",
            "https://library.example/bot",
            "Tearsheet/1.2 (+https://library.example/bot; City Library)",
        ),
        ("", "web@library.example", "Tearsheet/1.2 (+mailto:web@library.example)"),
    ],
)
def test_the_user_agent_says_whom_to_write_to(name: str, contact: str, expected: str):
    config = override(Config(), [f'operator.name="{name}"', f'operator.contact="{contact}"'])

    assert user_agent(config, "1.2") == expected


@pytest.mark.parametrize(
    "url", ["http://127.0.0.9:8000/", "http://localhost/", "http://a.localhost:1/", "http://[::1]/"]
)
def test_loopback_sites_need_no_contact(url: str):
    require_contact(Config(), url, Path("tearsheet.toml"))


@pytest.mark.parametrize(
    "url", ["https://news.example/", "http://128.0.0.1/", "http://localhost.example/", "nonsense"]
)
def test_other_sites_are_not_crawled_without_a_contact(url: str):
    with pytest.raises(ConfigError, match=r"^tearsheet\.toml: operator\.contact is empty.*contact = "):
        require_contact(Config(), url, Path("tearsheet.toml"))

    require_contact(override(Config(), ["operator.contact=a@b.example"]), url, Path("tearsheet.toml"))
