"""Tables of what happened to articles: kinds of edits, and removals and moves with their captures as proof."""

CHANGES = """
create table edits ( -- What kind of change each version is, told from its fields; a version has one row for each kind.
  article_id integer not null references articles(id) on update cascade, -- the article
  number integer not null, -- the version that differs from the one before
  kind text not null, -- headline, standfirst, body, silent-correction, disclosed-correction, notice-withdrawn, credit, dateline, date, image, paywalled or paywall-lifted
  detail text, -- of a disclosed correction or a withdrawn notice: the words of the notice
  primary key (article_id, number, kind)
) strict, without rowid;
create table absences ( -- Articles that were removed from their address, moved to another article's, or put back. Each row is proved by captures.
  article_id integer not null references articles(id) on update cascade, -- the article
  number integer not null, -- order in time, from 1
  kind text not null, -- removed, moved or restored
  seen_at text not null, -- time of the first capture that shows it; UTC
  before_id integer not null references captures(id), -- last capture that showed the article (or, when restored, its absence)
  capture_id integer not null references captures(id), -- first capture that shows it: status 404 or 410, a redirect, or the page again
  confirmed_id integer references captures(id), -- removed: the capture that confirmed it 24 hours later or more; moved: the article at the new address
  detail text, -- moved: the new address; removed: where a redirect led instead, when it was one
  primary key (article_id, number)
) strict, without rowid;
create index absences_kind on absences(kind, seen_at);
create view v_changes as -- Everything that happened to articles, each kind of change a row, with the WARC records of before and after.
  select a.id as article_id, a.site, a.published_on, e.kind, e.number as version, v.seen_from as seen_at, e.detail,
         before.headline as headline_before, t.headline, bf.name as before_file, b.offset as before_offset, b.record_id as before_record,
         cf.name as file, c.offset, c.record_id as record, null as confirmed_by, a.url
  from edits e join versions v on v.article_id = e.article_id and v.number = e.number
  join versions p on p.article_id = e.article_id and p.number = e.number - 1
  join articles a on a.id = e.article_id join article_texts t on t.id = v.text_id
  join article_texts before on before.id = p.text_id
  join captures b on b.id = p.last_capture_id join warc_files bf on bf.id = b.file_id
  join captures c on c.id = v.first_capture_id join warc_files cf on cf.id = c.file_id
  union all
  select a.id, a.site, a.published_on, x.kind, null, x.seen_at, x.detail, t.headline, t.headline, bf.name, b.offset,
         b.record_id, cf.name, c.offset, c.record_id, k.record_id, a.url
  from absences x join articles a on a.id = x.article_id join article_texts t on t.id = a.text_id
  join captures b on b.id = x.before_id join warc_files bf on bf.id = b.file_id
  join captures c on c.id = x.capture_id join warc_files cf on cf.id = c.file_id
  left join captures k on k.id = x.confirmed_id;
"""
