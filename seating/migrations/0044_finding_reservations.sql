-- Finding a reservation again: by parts of the name, by the end of the phone number, by the date.
create extension if not exists pg_trgm;

-- The words of a name without case, accents and marks, a space before each: as
-- policies.house.wording.plain_words, whatever locale the database has.
create function plain_words(name text) returns text
    language sql immutable strict parallel safe
    return ' ' || trim(regexp_replace(
        regexp_replace(
            casefold(normalize(name, NFKD) collate "pg_unicode_fast"),
            '[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a]',
            '', 'g'),
        '[^[:alnum:]]+', ' ', 'g'));

alter table reservation
    add column name_words text not null generated always as (plain_words(name)) stored;
create index reservation_name_words on reservation
    using gist (venue_id, name_words gist_trgm_ops);
create index reservation_starts on reservation (venue_id, starts, reservation_id);
create index reservation_tagged on reservation (venue_id) where tags <> '{}';
create index guest_tagged on guest (venue_id) where tags <> '{}';
create index guest_phone_end on guest
    (venue_id, reverse(split_part(phone, ';', 1)) text_pattern_ops);

-- A guest merged into another: its row only leads there, by its id and by a second phone number.
alter table guest add column merged_into uuid;
alter table guest add constraint guest_merged
    foreign key (venue_id, merged_into) references guest;
create index guest_merged_into on guest (venue_id, merged_into) where merged_into is not null;
