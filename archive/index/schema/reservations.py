"""What pages reserve, as they declared it when they were captured."""

RESERVATIONS = """
alter table readings add column reservations text -- what the page reserved, between blanks: noarchive, noai, noimageai, tdm-reservation; NULL when nothing
  default null;
create index readings_reservations on readings(reservations) where reservations is not null;
create view v_reservations as -- Captured pages that reserve something, with what.
  select c.target_uri as url, c.captured_at, trim(r.reservations) as reservations, r.article_id, c.record_id
  from readings r join captures c on c.id = r.capture_id where r.reservations is not null;
"""

BY_SITE = """
alter table fetch_notes add column tdm_reservation text -- 1 or 0: what the host's /.well-known/tdmrep.json said of the path; NULL when nothing
  default null;
alter table fetch_notes add column tdmrep_record text -- record id of the capture of that file
  default null;
create index fetch_notes_reserved on fetch_notes(record_id) where tdm_reservation = '1';
drop view v_reservations;
create view v_reservations as -- Captured pages that reserve something, or for which their site's tdmrep.json does, with what.
  select c.target_uri as url, c.captured_at,
    trim(replace(coalesce(r.reservations, ' '), ' tdm-unreserved ', ' ') || case when n.tdm_reservation = '1' and
      coalesce(r.reservations, '') not like '% tdm-%' then 'tdm-reservation' else '' end) as reservations, r.article_id, c.record_id,
    case when n.tdm_reservation = '1' and coalesce(r.reservations, '') not like '% tdm-%' then n.tdmrep_record end as tdmrep_record
  from (select capture_id from readings where reservations is not null union
        select d.id from fetch_notes s join captures d on d.record_id = s.record_id where s.tdm_reservation = '1') x
  join readings r on r.capture_id = x.capture_id join captures c on c.id = r.capture_id
  left join fetch_notes n on n.record_id = c.record_id
  where r.reservations is null or r.reservations <> ' tdm-unreserved ';
"""
