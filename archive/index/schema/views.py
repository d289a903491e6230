"""Views for people: what to query first."""

VIEWS = """
create view v_articles as -- Articles as they stand in their newest version.
  select a.id, a.site, t.publisher, t.headline, t.standfirst, t.byline, t.date_published, a.published_on, a.section,
         a.language, a.page_type, t.word_count, t.paywalled, a.version_count, a.first_captured_at, a.last_captured_at,
         a.gone_at, a.redirected_to, a.url, a.identity
  from articles a join article_texts t on t.id = a.text_id;
create view v_captures as -- Captures with their file, their run and what the crawler noted.
  select c.id, w.name as file, c.offset, c.inner, c.length, c.record_id, c.record_type, c.target_uri, c.captured_at, c.status,
         c.mime, c.payload_digest, c.payload_length, c.redirect_to, c.truncated, n.via, n.discovery, n.robots,
         n.robots_record, r.name as run, i.software
  from captures c join warc_files w on w.id = c.file_id
  left join fetch_notes n on n.record_id = c.record_id
  left join warcinfos i on i.id = c.warcinfo_id left join runs r on r.id = i.run_id;
create view v_credits as -- Credits of the newest versions, of texts and of pictures.
  select a.id as article_id, a.site, a.published_on, t.headline, c.role, p.kind, p.name as party, p.code as agency,
         c.name, c.raw, c.found_in, c.confidence, c.image_position, a.url
  from credits c join articles a on a.text_id = c.text_id join article_texts t on t.id = a.text_id
  join parties p on p.id = c.party_id;
create view v_agency_by_outlet_year as -- How many articles credit an agency for their text, by outlet and year.
  select coalesce(p.code, p.name) as agency, a.site, substr(a.published_on, 1, 4) as year,
         count(distinct a.id) as articles
  from credits c join articles a on a.text_id = c.text_id join parties p on p.id = c.party_id
  where p.kind = 'agency' and c.role <> 'cited' and c.image_position is null
  group by 1, 2, 3;
create view v_image_credits as -- Pictures of the newest versions with caption and credit; one row per credited party.
  select a.id as article_id, a.site, a.published_on, t.headline, m.position, i.url as image_url, m.caption,
         m.credit_raw, m.archive, p.kind, p.name as party, p.code as agency, c.role, a.url
  from article_images m join articles a on a.text_id = m.text_id join article_texts t on t.id = a.text_id
  join images i on i.id = m.image_id
  left join credits c on c.text_id = m.text_id and c.image_position = m.position
  left join parties p on p.id = c.party_id;
create view v_provenance as -- Where every version comes from: the exact WARC record of its first capture.
  select a.id as article_id, t.headline, v.number as version, v.seen_from, v.seen_until, c.target_uri, c.status,
         c.file, c.offset, c.inner, c.length, c.record_id, c.payload_digest, c.via, c.discovery, c.robots, c.robots_record,
         c.run, c.software
  from versions v join articles a on a.id = v.article_id join article_texts t on t.id = v.text_id
  join v_captures c on c.id = v.first_capture_id;
create view v_edited_after_publication as -- Versions that differ from the one before; silent means: no correction notice says so.
  select a.id as article_id, a.site, a.published_on, v.number as version, v.seen_from, v.changed,
         before.headline as headline_before, t.headline as headline_after,
         not exists (select 1 from corrections c where c.text_id = v.text_id) as silent, a.url
  from versions v join articles a on a.id = v.article_id join article_texts t on t.id = v.text_id
  join versions p on p.article_id = v.article_id and p.number = v.number - 1
  join article_texts before on before.id = p.text_id;
create view v_not_articles as -- Captured pages that are no articles, and why.
  select c.target_uri, c.captured_at, r.page_type, r.reason, c.id as capture_id
  from readings r join captures c on c.id = r.capture_id where r.article_id is null;
create view v_cdx as -- Captures as CDX lines, for replay tools: file is the WARC file's name.
  select c.urlkey, replace(replace(replace(substr(c.captured_at, 1, 19), '-', ''), 'T', ''), ':', '') as timestamp,
         c.target_uri as original, case c.record_type when 'revisit' then 'warc/revisit' else c.mime end as mimetype,
         c.status as statuscode, c.payload_digest as digest, c.redirect_to as redirect, c.length, c.offset,
         w.name as filename
  from captures c join warc_files w on w.id = c.file_id;
"""

CREDIT_VIEWS = """
create view v_agency_dropped as -- Stories whose text credited an agency in one version and no longer in the next.
  select a.id as article_id, a.site, a.published_on, coalesce(p.code, p.name) as agency, v.number - 1 as credited_in_version,
         v.number as dropped_in_version, v.seen_from as dropped_at, c.raw as words, t.headline, a.url
  from versions v join versions before on before.article_id = v.article_id and before.number = v.number - 1
  join credits c on c.text_id = before.text_id and c.image_position is null and c.role <> 'cited'
  join parties p on p.id = c.party_id and p.kind = 'agency'
  join articles a on a.id = v.article_id join article_texts t on t.id = v.text_id
  where not exists (select 1 from credits n where n.text_id = v.text_id and n.party_id = c.party_id
                    and n.image_position is null and n.role <> 'cited');
create view v_photo_agencies_by_outlet_month as -- How many pictures each agency supplied, by outlet and month of publication.
  select coalesce(p.code, p.name) as agency, a.site, substr(a.published_on, 1, 7) as month, count(*) as pictures,
         count(distinct a.id) as articles
  from credits c join articles a on a.text_id = c.text_id join parties p on p.id = c.party_id
  where p.kind = 'agency' and c.image_position is not null
  group by 1, 2, 3;
"""
