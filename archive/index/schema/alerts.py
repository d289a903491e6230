"""Tables of what each run did at each site, and of the alerts it raised and ended: both from the run's summary record."""

ALERTS = """
create table site_runs ( -- What a run did at one of the sites it was given, as the run's summary record says.
  run_id integer not null references runs(id), -- the run
  site text not null, -- host name of the site, without www., and the path when it is not a whole host
  home text not null, -- the address given: home page, feed or sitemap
  is_usual integer not null, -- 1 when the run asked for all that was due; 0 with --recheck, --since, or when a limit cut it short
  is_reached integer not null, -- 1 when the site answered
  named_feed integer not null, -- articles that its feeds and sitemaps named, known ones too
  named_front integer not null, -- articles that its fronts named, known ones too
  asked integer not null, -- pages asked for as articles that were answered: read, refused, or led elsewhere
  walls integer not null, -- of these: captcha, consent and login pages, refusals, and pages that all say the same
  articles integer not null, -- of these: read as articles
  new_articles integer not null, -- of these: not known before
  new_versions integer not null, -- of these: changed since
  has_headline integer not null, -- articles with a headline
  has_body integer not null, -- articles with their text; stubs and briefs have none
  has_date integer not null, -- articles that say when they were published; a date in the address alone is none
  has_byline integer not null, -- articles with a byline
  failures text not null, -- JSON object: reason → number of URLs
  next_due text, -- when the next look at a known article is due; UTC; NULL when none is
  primary key (run_id, site)
) strict, without rowid;
create table alerts ( -- Alerts, each told twice: when it was raised and when it ended.
  run_id integer not null references runs(id), -- the run that noticed
  site text not null, -- as in site_runs
  kind text not null, -- unreachable, walls, yield or fields
  subject text not null, -- of yield: articles, new, feed or front; of fields: headline, body, date or byline; else empty
  event text not null, -- raised or ended
  words text not null, -- what was seen
  primary key (run_id, site, kind, subject, event)
) strict, without rowid;
create view v_open_alerts as -- Alerts that were raised and have not ended.
  select a.site, a.kind, a.subject, r.started_at as raised_at, r.name as run, a.words
  from alerts a join runs r on r.id = a.run_id
  where a.event = 'raised' and not exists (
    select 1 from alerts e join runs o on o.id = e.run_id where e.event = 'ended' and e.site = a.site and e.kind = a.kind
    and e.subject = a.subject and (o.started_at, o.name) > (r.started_at, r.name));
"""

LIMITED = """
alter table site_runs add column is_limited integer not null -- 1 when a limit of pages cut it short: such runs are held against such runs; before this column is_usual was 0 then
  default 0;
"""

BY_SITE = """
create index site_runs_site on site_runs(site, run_id);
create index alerts_site on alerts(site, run_id);
"""
