"""What an article is and is called besides its headline, its videos and sound, its twins in other languages."""

LABELS = """
alter table article_texts add column kicker text -- the short label above the headline
 default null;
alter table article_texts add column genre text not null -- news, opinion, analysis, interview, review, obituary, recipe, live, gallery, video, press-release, sponsored, satire; empty when no reading has told
 default '';
alter table article_texts add column genre_reason text not null -- why, in words
 default '';
alter table article_texts add column breadcrumbs text not null -- JSON list: names on the way down from the home page
 default '[]';
alter table article_texts add column media text not null -- JSON list of videos and sound: kind, url, title, found_in
 default '[]';
alter table article_texts add column alternates text not null -- JSON list of [language, URL]: the page's twins in other languages
 default '[]';
create view v_genres as -- Articles of each site by what kind of article they are, as of their newest version.
  select a.site, t.genre, count(*) as articles, min(t.date_published) as earliest, max(t.date_published) as latest
  from articles a join article_texts t on t.id = a.text_id where t.genre <> '' group by a.site, t.genre;
create view v_media as -- Videos and sound of articles, as of their newest version.
  select a.id as article_id, a.site, t.headline, json_extract(m.value, '$.kind') as kind, json_extract(m.value, '$.title') as title,
         json_extract(m.value, '$.url') as url
  from articles a join article_texts t on t.id = a.text_id, json_each(t.media) m;
"""
