"""Which extractor read a capture: steps that came after the first schema."""

EXTRACTORS = """
alter table readings add column extractor text not null -- the extractor that read it: its release and a digest of its code; empty when not known
 default '';
create index readings_extractor on readings(extractor);
drop view v_provenance;
create view v_provenance as -- Where every version comes from: the exact WARC record of its first capture, and what read it.
  select a.id as article_id, t.headline, v.number as version, v.seen_from, v.seen_until, c.target_uri, c.status,
         c.file, c.offset, c.inner, c.length, c.record_id, c.payload_digest, c.via, c.discovery, c.robots, c.robots_record,
         c.run, c.software, r.extractor
  from versions v join articles a on a.id = v.article_id join article_texts t on t.id = v.text_id
  join v_captures c on c.id = v.first_capture_id left join readings r on r.capture_id = v.first_capture_id;
drop view v_edited_after_publication;
create view v_edited_after_publication as -- Versions that differ from the one before, both read by one extractor; silent means: no correction notice says so.
  select a.id as article_id, a.site, a.published_on, v.number as version, v.seen_from, v.changed,
         before.headline as headline_before, t.headline as headline_after,
         not exists (select 1 from corrections c where c.text_id = v.text_id) as silent, a.url
  from versions v join articles a on a.id = v.article_id join article_texts t on t.id = v.text_id
  join versions p on p.article_id = v.article_id and p.number = v.number - 1
  join article_texts before on before.id = p.text_id
  where v.changed <> '';
"""
