"""Tables of copy that several outlets ran: sketches of texts, and the pairs that share most of their words."""

COPIES = """
create table text_sketches ( -- What texts are compared by; made from the texts in batches, of newest versions only.
  text_id integer primary key, -- the text
  shingles integer not null -- runs of three words in it; 0 when it is too short to be told apart
) strict;
create table sketch_bands ( -- Look-up of texts that may share most of their words.
  band integer not null, -- which part of the sketch
  key integer not null, -- hash of that part
  text_id integer not null, -- the text
  primary key (band, key, text_id)
) strict, without rowid;
create index sketch_bands_text on sketch_bands(text_id);
create table copies ( -- Pairs of texts of different articles of which the shorter one stands mostly in the longer.
  text_id integer not null, -- the one text
  other_text_id integer not null, -- the other; each pair stands here in both directions
  overlap real not null, -- share of the shorter one's runs of three words that stand in the other: 0.5 to 1
  primary key (text_id, other_text_id)
) strict, without rowid;
"""
