"""Words about rights: copyright notices, licences, handouts, courtesies."""

RIGHTS = """
create table rights ( -- Lines that say whose rights a text or one of its pictures is under, or on which terms it came.
  text_id integer not null references article_texts(id), -- the text
  number integer not null, -- order, from 0
  image_position integer, -- which picture (article_images.position); NULL for the text
  kind text not null, -- copyright, reserved, licence, handout, courtesy, pool or restricted
  words text not null, -- the line, verbatim
  primary key (text_id, number)
) strict, without rowid;
create index rights_kind on rights(kind);
"""
