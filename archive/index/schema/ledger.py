"""Tables of what was not captured, and why: dropped looks, and what discovery showed."""

DROPPED = """
create table dropped_revisits ( -- Looks at known articles that were due and dropped because their site's budget was spent; the first 10,000 of a run.
  run_id integer not null references runs(id), -- the run that dropped it
  url text not null, -- address of the article
  due_at text not null, -- when it was due; UTC
  primary key (run_id, url)
) strict, without rowid;
"""
