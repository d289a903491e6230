"""The full-text index: an FTS5 table over a view, so that no text is stored twice."""

SEARCH = """
create table search_extras ( -- What full-text search needs besides the text; derived from the other tables.
  article_id integer primary key references articles(id) on update cascade, -- the article
  captions text not null, -- captions of the newest version, one per line
  credits text not null, -- byline, names and raw words of all credits, one per line
  variants text not null, -- other headlines, and other spellings of words with umlauts
  facets text not null -- one token per filter value, e.g. xsitez... ; made by tokens.py
) strict;
create view article_search as -- Input of article_fts. Needs the SQL function fold(), so only Tearsheet can read it.
  select a.id as id, fold(t.headline) as headline, fold(t.standfirst) as standfirst, fold(t.body) as body,
         fold(x.captions) as captions, fold(x.credits) as credits, fold(x.variants) as variants, x.facets as facets
  from articles a join article_texts t on t.id = a.text_id join search_extras x on x.article_id = a.id;
create virtual table article_fts using fts5( -- Full text of the newest versions; rowid = articles.id.
  headline, standfirst, body, captions, credits, variants, facets,
  content='article_search', content_rowid='id',
  tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);
insert into article_fts(article_fts, rank) values ('rank', 'bm25(8.0, 4.0, 1.0, 1.0, 2.0, 4.0, 0.0)');
create table search_settings ( -- How the full-text index was made.
  name text primary key, -- fold: version of the letter folding
  value text not null -- compared when the index is opened; a difference rebuilds the full-text index
) strict, without rowid;
"""
