"""What pages reserve, as they declared it when they were captured."""

RESERVATIONS = """
alter table readings add column reservations text -- what the page reserved, between blanks: noarchive, noai, noimageai, tdm-reservation; NULL when nothing
  default null;
create index readings_reservations on readings(reservations) where reservations is not null;
create view v_reservations as -- Captured pages that reserve something, with what.
  select c.target_uri as url, c.captured_at, trim(r.reservations) as reservations, r.article_id, c.record_id
  from readings r join captures c on c.id = r.capture_id where r.reservations is not null;
"""
