"""What the paragraphs of a text are on the page, what was left out, and articles on several pages."""

BLOCKS = """
alter table article_texts add column blocks text not null -- JSON list, one object for each paragraph of body: kind, and where there are level, entry, time, links ([start, end, url])
 default '[]';
alter table article_texts add column left_out text not null -- JSON object: reason and how many blocks among the text were left out for it
 default '{}';
alter table article_texts add column part text -- JSON object: number, of, previous_url and next_url with their keys (SURT); NULL when the article stands on one page
 default null;
create view v_parts as -- Articles on several pages: each page has a row among articles; previous and next lead to those that are captured.
  select a.id as article_id, t.headline, json_extract(t.part, '$.number') as number, json_extract(t.part, '$.of') as of,
         json_extract(t.part, '$.previous_url') as previous_url, json_extract(t.part, '$.next_url') as next_url,
         (select min(u.article_id) from article_urls u where u.relation = 'own' and u.urlkey = json_extract(t.part, '$.previous_key')) as previous_id,
         (select min(u.article_id) from article_urls u where u.relation = 'own' and u.urlkey = json_extract(t.part, '$.next_key')) as next_id
  from articles a join article_texts t on t.id = a.text_id where t.part is not null;
"""
