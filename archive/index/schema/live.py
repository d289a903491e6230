"""Until when live blogs go on."""

LIVE = """
alter table readings add column covered_until text -- end of coverage as a live blog gives it (coverageEndTime); ISO 8601; NULL without one
  default null;
"""
