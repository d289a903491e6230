"""Tables that follow the WARC files: files, runs and captures."""

CAPTURES = """
create table warc_files ( -- The WARC files that the index knows, and how far it has read them.
  id integer primary key, -- surrogate id
  name text not null unique, -- file name inside the archive's warc folder, without .open
  position integer not null default 0, -- bytes from the start of the file up to which it is indexed
  size integer, -- bytes, once the file is sealed
  sha256 text, -- hexadecimal SHA-256 of the whole file, once sealed
  sealed_at text -- when the file was closed for good; UTC
) strict;
create table runs ( -- Crawl runs: one crawl process each.
  id integer primary key, -- surrogate id
  name text not null unique, -- the run's id: UTC start as 14 digits, a hyphen, 8 hexadecimal digits
  started_at text, -- WARC-Date of its first warcinfo record; UTC
  finished_at text, -- as the run's summary record says; UTC; NULL while running or when it was killed
  finish_reason text, -- why it ended, e.g. finished
  counts text, -- JSON object: name → number, as the run's summary record says
  failures text, -- JSON object: reason → number of URLs
  failed_urls text, -- JSON object: URL → reason, the first 200
  not_crawled text -- JSON object: site or host → why nothing, or nothing more, was fetched from it
) strict;
create table warcinfos ( -- The warcinfo records: who wrote the records that follow, and with what.
  id integer primary key, -- surrogate id
  record_id text not null unique, -- WARC-Record-ID without angle brackets
  run_id integer references runs(id), -- NULL in files of other people
  captured_at text, -- WARC-Date; UTC; NULL while the record is known only from others that refer to it
  software text, -- program and version that wrote the file
  fields text -- JSON object: all fields of the record
) strict;
create table captures ( -- Every captured response, revisit and resource: pages, images, robots.txt, errors, redirects.
  id integer primary key, -- surrogate id
  record_id text not null, -- WARC-Record-ID without angle brackets
  file_id integer not null references warc_files(id), -- the file it stands in
  offset integer not null, -- bytes from the start of the (compressed) file
  inner integer not null, -- bytes from the start of the gzip member, uncompressed; not 0 only where one holds several records
  length integer not null, -- bytes that the record takes in the (compressed) file; 0 where one member holds several
  record_type text not null, -- response, revisit or resource
  target_uri text not null, -- URL as captured
  urlkey text not null, -- sortable form (SURT) of the URL, for look-up only
  captured_at text not null, -- WARC-Date; UTC
  status integer, -- HTTP status code
  mime text, -- media type as the server said, lower case, without parameters
  payload_digest text, -- algorithm, colon, base 32, as in the record
  payload_length integer, -- bytes of the payload as sent, chunk framing removed
  redirect_to text, -- absolute target of a redirect (3xx)
  redirect_key text, -- sortable form (SURT) of redirect_to
  profile text, -- of a revisit: identical-payload-digest or server-not-modified
  refers_to text, -- of a revisit: record id of the capture with the same payload
  refers_to_uri text, -- of a revisit: URL of that capture
  refers_to_at text, -- of a revisit: time of that capture; UTC
  truncated text, -- why the response was cut: length, time, disconnect or unspecified
  ip text, -- address of the server
  warcinfo_id integer references warcinfos(id) -- the warcinfo record it names
) strict;
create unique index captures_place on captures(file_id, offset, inner);
create index captures_record on captures(record_id);
create index captures_url on captures(urlkey, captured_at);
create index captures_digest on captures(payload_digest, captured_at) where record_type <> 'revisit';
create index captures_redirect on captures(redirect_key) where redirect_key is not null;
create table fetch_notes ( -- What the crawler knew about a capture that was not on the wire (its metadata record).
  record_id text primary key, -- record id of the capture
  via text, -- URL of the page on which the URL was found
  discovery text, -- how it was found: seed, robots, feed, sitemap, front, link, requisite, redirect or url-list
  robots text, -- allowed, disallowed-but-fetched or not-checked
  robots_record text, -- record id of the robots.txt capture that allowed it
  revalidates text -- record id of the capture that a conditional request asked about
) strict, without rowid;
"""
