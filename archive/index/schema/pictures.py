"""What captured pictures say of themselves, joined to the pictures of articles."""

PICTURES = """
create table picture_words ( -- What captured pictures say of themselves (IPTC, XMP, Exif): a row for each payload that says anything.
  payload text primary key, -- payload digest as in captures; the record id of a capture without one
  creators text not null, -- JSON list: who made it
  credit text, -- the credit line that the supplier asks for
  source text, -- who supplied it
  rights text, -- the copyright notice
  headline text, -- a headline for the picture
  caption text, -- a description of the picture
  instructions text, -- e.g. Handout, editorial use only
  usage_terms text, -- under which terms it may be used
  licence text, -- address of a statement of rights
  created text, -- when it was made: ISO 8601 where it can be read
  digital_source text, -- how it came to be, a term of IPTC's list, e.g. trainedAlgorithmicMedia
  credits text not null, -- JSON list: whom these words credit
  rights_words text not null -- JSON list: kind and words of what they say about rights
) strict, without rowid;
alter table article_images add column payload text -- what it says of itself: picture_words.payload of the capture closest in time to the page's; NULL for nothing, or no capture
  default null;
alter table rights add column found_in text not null -- page, or iptc: in the picture itself
  default 'page';
create index images_urlkey on images(urlkey);
create index article_images_payload on article_images(payload) where payload is not null;
create index captures_pictures_again on captures(payload_digest) where record_type = 'revisit' and mime >= 'image/' and mime < 'image0';
create view v_picture_words as -- Pictures of the newest versions that say something of themselves, beside what the page says.
  select a.id as article_id, a.site, a.published_on, t.headline, m.position, i.url as image_url, m.caption, m.credit_raw,
         w.creators, w.credit, w.source, w.rights, w.headline as embedded_headline, w.caption as embedded_caption,
         w.instructions, w.usage_terms, w.licence, w.created, w.digital_source, m.payload, a.url
  from article_images m join articles a on a.text_id = m.text_id join article_texts t on t.id = a.text_id
  join images i on i.id = m.image_id join picture_words w on w.payload = m.payload;
drop view v_image_credits;
create view v_image_credits as -- Pictures of the newest versions with caption and credit; one row per credited party. Those of found_in iptc stand in the picture only.
  select a.id as article_id, a.site, a.published_on, t.headline, m.position, i.url as image_url, m.caption,
         m.credit_raw, m.archive, p.kind, p.name as party, p.code as agency, c.role, c.found_in, a.url
  from article_images m join articles a on a.text_id = m.text_id join article_texts t on t.id = a.text_id
  join images i on i.id = m.image_id
  left join credits c on c.text_id = m.text_id and c.image_position = m.position
  left join parties p on p.id = c.party_id;
drop view v_photo_agencies_by_outlet_month;
create view v_photo_agencies_by_outlet_month as -- How many pictures each agency is credited for, by outlet and month of publication.
  select coalesce(p.code, p.name) as agency, a.site, substr(a.published_on, 1, 7) as month,
         count(distinct c.text_id * 10000 + c.image_position) as pictures, count(distinct a.id) as articles
  from credits c join articles a on a.text_id = c.text_id join parties p on p.id = c.party_id
  where p.kind = 'agency' and c.image_position is not null
  group by 1, 2, 3;
"""

STORIES = """
create view v_agency_stories as -- Stories that credit an agency for their text, one row for each story and agency.
  select coalesce(p.code, p.name) as agency, substr(a.published_on, 1, 4) as year, a.site, a.published_on, t.headline,
         group_concat(distinct c.role) as roles, min(c.raw) as words, a.id as article_id, a.url
  from credits c join parties p on p.id = c.party_id join articles a on a.text_id = c.text_id
  join article_texts t on t.id = a.text_id
  where p.kind = 'agency' and c.role <> 'cited' and c.image_position is null
  group by p.id, a.id;
"""
