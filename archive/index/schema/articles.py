"""Tables of articles, their texts, their versions, and what every captured page was judged to be."""

ARTICLES = """
create table articles ( -- Articles: one row each, whatever number of versions and captures.
  id integer primary key, -- follows time: seconds since 1970 (UTC) of publication, else of the first capture; see README
  identity text not null unique, -- what makes it this article: the site profile's id, else the canonical URL
  url text not null, -- address of the newest version's page, as it declares it, else as it was captured
  site text not null, -- host name of the URL, without www.
  text_id integer references article_texts(id), -- text of the newest version
  section text, -- part of the paper, as the newest version says
  language text, -- BCP 47, as the newest version says
  page_type text not null, -- article, live-blog, gallery, video, brief or paywall-stub
  published_on text, -- date of publication as printed (in the page's own time zone): YYYY-MM-DD
  version_count integer not null, -- number of versions
  first_captured_at text not null, -- first capture that was read as this article; UTC
  last_captured_at text not null, -- last capture that was read as this article; UTC
  last_capture_id integer not null references captures(id), -- that last capture
  gone_at text, -- first capture with status 404 or 410 since then; UTC; NULL while it is online
  redirected_to text -- where its address has led since then, when that is not the article itself
) strict;
create index articles_site on articles(site, id);
create index articles_published on articles(published_on);
create table article_texts ( -- The different texts that an article has had. Details come from the first capture that showed the text.
  id integer primary key, -- surrogate id
  article_id integer not null references articles(id) on update cascade, -- the article
  content_hash text not null, -- 128-bit BLAKE2b, hexadecimal, over the normalised fields that make a version
  field_hashes text not null, -- one 48-bit hash per such field, in the order of content.FIELDS, separated by spaces
  capture_id integer not null references captures(id), -- first capture that showed this text
  url text not null, -- the page's address, as it declares it, else as it was captured
  page_type text not null, -- article, live-blog, gallery, video, brief or paywall-stub
  headline text, -- the title
  headline_variants text not null, -- JSON list: other headlines on the page
  standfirst text, -- the summary sentence under the headline
  byline text, -- who wrote it, verbatim, without stray punctuation and dates
  byline_raw text, -- the same, verbatim
  credit_lines text not null, -- JSON list: whole paragraphs that were credits, verbatim
  dateline text not null, -- JSON list of places
  dateline_raw text, -- the dateline, verbatim
  date_published text, -- ISO 8601, with offset where the page gives one
  date_published_raw text, -- the page's words
  date_published_from text, -- where they stood: json-ld, microdata, meta, time, text, url or profile
  section text, -- part of the paper
  language text, -- BCP 47
  direction text not null, -- ltr or rtl
  publisher text, -- as the page says
  paywalled integer, -- 1 or 0; NULL when the page does not say
  copyright_notice text, -- verbatim
  word_count integer not null, -- words of the body; in scripts without spaces, characters
  body text not null -- paragraphs, separated by empty lines
) strict;
create unique index article_texts_content on article_texts(article_id, content_hash);
create table versions ( -- Versions: a text, and from when to when captures showed it without another between.
  article_id integer not null references articles(id) on update cascade, -- the article
  number integer not null, -- 1 is the oldest that was captured
  text_id integer not null references article_texts(id), -- what it said
  first_capture_id integer not null references captures(id), -- first capture that showed it
  last_capture_id integer not null references captures(id), -- last capture that showed it
  seen_from text not null, -- time of that first capture; UTC
  seen_until text not null, -- time of that last capture; UTC
  changed text not null, -- fields that differ from the version before, separated by spaces; empty for the first
  primary key (article_id, number)
) strict, without rowid;
create table readings ( -- What each captured page was judged to be, and which text of which article it showed.
  capture_id integer primary key references captures(id), -- the capture that was read
  article_id integer references articles(id) on update cascade, -- NULL when it is no article
  text_id integer references article_texts(id), -- NULL when it is no article
  page_type text not null, -- article, live-blog, gallery, video, brief, paywall-stub, listing, shell, error or other
  reason text not null, -- why, in words
  date_modified text, -- ISO 8601, as this page said; does not make a version
  date_modified_raw text -- the page's words
) strict;
create index readings_article on readings(article_id);
create table article_urls ( -- All addresses of an article.
  article_id integer not null references articles(id) on update cascade, -- the article
  relation text not null, -- own: it was read there; canonical: the page names it; link: AMP or short link; redirect: leads there
  url text not null, -- canonical form
  urlkey text not null, -- sortable form (SURT), for look-up only
  primary key (article_id, relation, url)
) strict, without rowid;
create index article_urls_key on article_urls(urlkey);
create table article_tags ( -- Keywords as the page gives them.
  text_id integer not null references article_texts(id), -- the text
  position integer not null, -- order on the page, from 0
  tag text not null, -- verbatim
  primary key (text_id, position)
) strict, without rowid;
create table corrections ( -- Correction and clarification notices.
  text_id integer not null references article_texts(id), -- the text
  position integer not null, -- order on the page, from 0
  notice text not null, -- verbatim
  primary key (text_id, position)
) strict, without rowid;
"""
