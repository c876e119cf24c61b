-- Tags: of a guest (member, regular, press) and of one reservation (birthday, anniversary), set by
-- staff; access to an area or table may depend on a guest's.
alter table guest add column tags text[] not null default '{}';
alter table reservation add column tags text[] not null default '{}';
