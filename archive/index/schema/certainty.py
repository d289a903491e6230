"""How sure the fields are, and what kind of notice a notice is."""

CERTAINTY = """
alter table article_texts add column language_confidence real -- 0 to 1: declared and borne out by the text, declared alone, or guessed; NULL when no reading has told
 default null;
alter table article_texts add column date_published_zone text -- who gave the date's offset: page, profile or country (its one civil time); NULL without an offset
 default null;
alter table article_texts add column date_published_confidence real -- 0 to 1, by where the date stands and whether the address says another day
 default null;
alter table article_texts add column masthead text -- the name that the publication goes by on its pages; publisher is often a firm
 default null;
alter table article_texts add column paywall_reason text -- what said that the article is (not) for subscribers only, in words
 default null;
create temp table kept_corrections as select * from corrections;
drop table corrections;
create table corrections ( -- What the newsroom says about its own text.
  text_id integer not null references article_texts(id), -- the text
  position integer not null, -- order on the page, from 0
  kind text not null, -- correction, clarification, update, retraction or editors-note; of rows from before kinds were told: correction
  notice text not null, -- verbatim
  primary key (text_id, position)
) strict, without rowid;
insert into corrections select text_id, position, 'correction', notice from kept_corrections;
drop table kept_corrections;
create view v_notices as -- What newsrooms say about their own articles, as of their newest version.
  select a.id as article_id, a.site, a.published_on, t.headline, c.kind, c.notice from corrections c
  join article_texts t on t.id = c.text_id join articles a on a.text_id = t.id;
drop view v_edited_after_publication;
create view v_edited_after_publication as -- Versions that differ from the one before, both read by one extractor; silent means: no notice of a correction says so.
  select a.id as article_id, a.site, a.published_on, v.number as version, v.seen_from, v.changed,
         before.headline as headline_before, t.headline as headline_after,
         not exists (select 1 from corrections c where c.text_id = v.text_id and c.kind <> 'update') as silent, a.url
  from versions v join articles a on a.id = v.article_id join article_texts t on t.id = v.text_id
  join versions p on p.article_id = v.article_id and p.number = v.number - 1
  join article_texts before on before.id = p.text_id
  where v.changed <> '';
"""
