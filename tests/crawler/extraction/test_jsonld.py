import pytest
from pages import document, story

from crawler.extraction.jsonld import read_json


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": 1}', {"a": 1}),
        ('<!-- {"a": 1} -->', {"a": 1}),
        ('/*<![CDATA[*/{"a": 1}/*]]>*/', {"a": 1}),
        ('{"a": "x\ny"}', {"a": "x\ny"}),
        ('{"a": [1, 2,], }', {"a": [1, 2]}),
        ('{"a": "1"\n "b": "2"}', {"a": "1", "b": "2"}),
        ('{"a": "it\\\'s"}', {"a": "it\\'s"}),
        ("{&quot;a&quot;: 1}", {"a": 1}),
        ('{"a": 1}{"b": 2}', {"a": 1}),
        ('{"a": 1};', {"a": 1}),
        ("", None),
        ("var a = 1", None),
        ("{", None),
        ("[" * 100_000, None),
    ],
)
def test_json_as_publishers_write_it(text: str, value: object) -> None:
    assert read_json(text) == value


@pytest.mark.parametrize(
    "json",
    [
        '{"@type":"NewsArticle","headline":"A &amp; B","author":{"@type":"Person","name":"Ann Lee"},"datePublished":"2024-05-01"}',
        '[{"@type":"WebSite"},{"@type":["Article","NewsArticle"],"headline":"A & B","author":["Ann Lee"],"datePublished":"2024-05-01"}]',
        '{"@graph":[{"@type":"Person","@id":"#p","name":"Ann Lee"},{"@type":"http://schema.org/NewsArticle","headline":"A & B","author":{"@id":"#p"},"datePublished":"2024-05-01"}]}',
        '{"@type":"WebPage","mainEntity":{"@type":"NewsArticle","headline":"A & B","author":[{"name":"Ann Lee"}],"datePublished":"2024-05-01"}}',
    ],
)
def test_one_article_in_every_shape(json: str) -> None:
    article = document(story(head=f"<script type=application/ld+json>{json}</script>")).structured[0]
    assert (article.headline, [name.name for name in article.authors], article.date_published) == (
        "A & B",
        ["Ann Lee"],
        "2024-05-01",
    )
    assert article.is_news


def test_microdata_reads_like_json_ld() -> None:
    html = """<div itemscope itemtype="https://schema.org/NewsArticle"><h2 itemprop=headline>Bridge</h2><span itemprop=author itemscope itemtype="https://schema.org/Person">
    <a itemprop=name href=/ann>Ann Lee</a></span><meta itemprop=datePublished content=2024-05-01><div itemprop=articleBody>Text</div></div>"""
    article = document(html).structured[0]
    assert article.source == "microdata"
    assert (article.headline, article.authors[0].name, article.date_published) == (
        "Bridge",
        "Ann Lee",
        "2024-05-01",
    )
