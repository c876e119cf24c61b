-- What a booking through Google was asked with and its answers repeat: the mode of confirmation,
-- how the area was named, the tags of Google's feed.
alter table google_booking add column echoed jsonb not null default '{}';

-- What a party that waits has asked for, in its own words.
alter table wait_entry add column notes text not null default '';
