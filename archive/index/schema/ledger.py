"""Tables of what was not captured, and why: dropped looks, and what discovery showed."""

DROPPED = """
create table dropped_revisits ( -- Looks at known articles that were due and dropped because their site's budget was spent; the first 10,000 of a run.
  run_id integer not null references runs(id), -- the run that dropped it
  url text not null, -- address of the article
  due_at text not null, -- when it was due; UTC
  primary key (run_id, url)
) strict, without rowid;
"""

LISTINGS = """
create table addresses ( -- Addresses that feeds, sitemaps and fronts have named, whether captured or not: what could be expected.
  id integer primary key, -- surrogate id
  urlkey text not null unique, -- sortable form (SURT): joins article_urls.urlkey and captures.urlkey
  url text not null, -- canonical form
  site text not null, -- host name of the URL, without www.
  first_at text not null -- when any of them named it first; UTC
) strict;
create index addresses_site on addresses(site, first_at);
create table sightings ( -- By which channel an address was named, and when. From sitemaps, what changed in the 30 days before.
  address_id integer not null references addresses(id), -- the address
  channel text not null, -- feed, sitemap, front, or front-probe: a link that may be an article although its address does not look like one
  first_at text not null, -- first capture that named it; UTC
  first_source text not null, -- URL of the feed, sitemap or front in that capture
  last_at text not null, -- last capture that named it; UTC
  title text, -- headline there, as the last one gave it
  changed_at text, -- latest date given for it: published or changed; UTC
  primary key (address_id, channel)
) strict, without rowid;
create table front_lists ( -- What a front page showed; captures that show the same share it.
  id integer primary key, -- surrogate id
  content_hash text not null unique -- 128-bit BLAKE2b, hexadecimal, over addresses and words in order
) strict;
create table front_links ( -- The links to articles on a front, in their order.
  list_id integer not null references front_lists(id), -- what the front showed
  position integer not null, -- 1 is the first of the page
  address_id integer not null references addresses(id), -- where it leads
  title text, -- the headline on the front
  primary key (list_id, position)
) strict, without rowid;
create index front_links_address on front_links(address_id);
create table fronts ( -- Captures of front pages, each with what it showed.
  capture_id integer primary key references captures(id), -- the capture
  list_id integer not null references front_lists(id) -- what it showed
) strict;
create view v_front_positions as -- Where each article stood on each captured front, with the headline there and the one of its page.
  select c.target_uri as front, c.captured_at, l.position, l.title as headline_on_front, t.headline as headline_on_page,
         d.url, d.site, (select article_id from article_urls u where u.urlkey = d.urlkey order by article_id limit 1) as article_id
  from fronts f join captures c on c.id = f.capture_id join front_links l on l.list_id = f.list_id
  join addresses d on d.id = l.address_id
  left join articles a on a.id = (select article_id from article_urls u where u.urlkey = d.urlkey order by article_id limit 1)
  left join article_texts t on t.id = a.text_id;
"""

LEDGER = """
create table failed_fetches ( -- URLs that a run asked for in vain, or did not ask for, with the reason; the first 10,000 of a run.
  run_id integer not null references runs(id), -- the run
  urlkey text not null, -- sortable form (SURT) of the URL
  url text not null, -- the URL
  reason text not null, -- e.g. status 404, timed out, refused by robots.txt, host left alone
  primary key (run_id, urlkey)
) strict, without rowid;
create index failed_fetches_key on failed_fetches(urlkey);
create view v_expected as -- The ledger, address by address: by which channels it was named, and what became of it.
  select d.site, substr(d.first_at, 1, 10) as day, d.url, d.first_at,
    exists (select 1 from sightings s where s.address_id = d.id and s.channel = 'feed') as in_feed,
    exists (select 1 from sightings s where s.address_id = d.id and s.channel = 'sitemap') as in_sitemap,
    exists (select 1 from sightings s where s.address_id = d.id and s.channel in ('front', 'front-probe')) as on_front,
    not exists (select 1 from sightings s where s.address_id = d.id and s.channel <> 'front-probe') as is_probe,
    (select s.title from sightings s where s.address_id = d.id and s.title is not null order by s.last_at desc, s.title limit 1) as title,
    (select min(u.article_id) from article_urls u where u.urlkey = d.urlkey) as article_id,
    case
      when exists (select 1 from article_urls u where u.urlkey = d.urlkey) then 'captured'
      when exists (select 1 from captures c join readings r on r.capture_id = c.id where c.urlkey = d.urlkey) then 'no article'
      when exists (select 1 from captures c where c.urlkey = d.urlkey) then 'failed'
      when exists (select 1 from failed_fetches f where f.urlkey = d.urlkey) then 'failed'
      else 'not asked' end as outcome,
    case
      when exists (select 1 from article_urls u where u.urlkey = d.urlkey) then null
      else coalesce(
        (select r.page_type || ': ' || r.reason from captures c join readings r on r.capture_id = c.id where c.urlkey = d.urlkey
         order by c.captured_at desc limit 1),
        (select case when c.redirect_to is not null then 'led to ' || c.redirect_to when c.truncated is not null
           then 'cut short (' || c.truncated || ')' else 'status ' || c.status end
         from captures c where c.urlkey = d.urlkey order by c.captured_at desc limit 1),
        (select f.reason from failed_fetches f join runs r on r.id = f.run_id where f.urlkey = d.urlkey order by r.name desc limit 1))
      end as reason
  from addresses d;
"""
