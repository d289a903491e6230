"""What large archives are counted by: shares of the articles to sample, and indexes that answer for whole outlets and files."""

SHARES = """
create table id_slices ( -- Where equal shares of the articles begin, in the order of ids; only in large archives, made anew after each run.
  first_id integer primary key -- id of the first article of the share
) strict;
create index articles_site_day on articles(site, published_on);
create index articles_site_last on articles(site, last_captured_at);
create index articles_site_changed on articles(site) where version_count > 1;
create index articles_site_gone on articles(site) where gone_at is not null;
create unique index articles_text on articles(text_id);
create index captures_status on captures(status);
create index copies_other on copies(other_text_id);
create index captures_warcinfo on captures(warcinfo_id, file_id);
"""
