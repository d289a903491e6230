"""Tables of who made what: parties, credits, attributions and images."""

CREDITS = """
create table parties ( -- Persons, agencies, staffs and outlets that are credited.
  id integer primary key, -- surrogate id
  key text not null unique, -- kind and what tells parties apart: an agency's code; for persons and staff, outlet and name
  kind text not null, -- person, staff, agency, outlet or other
  name text not null, -- name to show
  code text, -- of an agency: its code in the authority table, e.g. AFP
  site text -- of persons and staff: the outlet that credited them; the same name elsewhere is another party
) strict;
create index parties_name on parties(name);
create table party_names ( -- All spellings of a party's name that were printed.
  party_id integer not null references parties(id), -- the party
  name text not null, -- as printed, in normal case
  primary key (party_id, name)
) strict, without rowid;
create table images ( -- Pictures of articles, one row per address.
  id integer primary key, -- surrogate id
  url text not null unique, -- absolute
  urlkey text not null -- sortable form (SURT): joins captures.urlkey when the picture was captured
) strict;
create table article_images ( -- Pictures of a text, in the order of the page.
  text_id integer not null references article_texts(id), -- the text
  position integer not null, -- 0 is the lead image
  image_id integer not null references images(id), -- the picture
  caption text, -- cleaned: without credit and archive mark
  caption_raw text, -- as printed
  alt text, -- alternative text
  credit_raw text, -- words of the photo credit as printed
  archive integer not null, -- 1 when the caption says that it is an old or symbolic picture
  primary key (text_id, position)
) strict, without rowid;
create index article_images_image on article_images(image_id);
create table credits ( -- Who is credited for a text or for one of its pictures.
  text_id integer not null references article_texts(id), -- the text
  number integer not null, -- order: the text's credits first, then those of its pictures
  image_position integer, -- which picture (article_images.position); NULL for the text
  party_id integer not null references parties(id), -- who
  name text not null, -- as printed, in normal case
  role text not null, -- author, contributor, source, cited, editor, translator, photo, illustration, graphic, video, audio, research or copyright
  raw text not null, -- the words the credit was read from, verbatim
  found_in text not null, -- byline, json-ld, meta, microdata, dateline, opening, closing, copyright, in-text, caption, image-credit, iptc or profile
  position integer not null, -- order among the credits of the same place
  confidence real not null, -- 0 to 1
  primary key (text_id, number)
) strict, without rowid;
create index credits_party on credits(party_id, role);
create table attributions ( -- "…, AFP reported" in running text: cited, not credited.
  text_id integer not null references article_texts(id), -- the text
  number integer not null, -- order, from 0
  paragraph integer not null, -- paragraph of the body, from 0
  agency text, -- code of the agency in the authority table; NULL when it has none
  name text not null, -- as printed
  words text not null, -- the paragraph
  primary key (text_id, number)
) strict, without rowid;
create index attributions_agency on attributions(agency);
"""
