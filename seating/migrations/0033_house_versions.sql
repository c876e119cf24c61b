-- The house as dated versions: drafted, published from a service date, never edited afterwards. Of
-- the published ones the latest from_date up to a date holds, of equal ones the higher number.
-- House files loaded so far count from the beginning.
alter table house add column state text not null default 'published'
    check (state in ('draft', 'published', 'withdrawn'));
alter table house add column from_date date default '0001-01-01';
alter table house add column base int;
alter table house add column edits int not null default 0;
alter table house add column why text not null default '';
alter table house add column made_by text;
alter table house add column published_by text;
alter table house add column published_at timestamptz;
alter table house add check (state <> 'published' or from_date is not null);

-- False: the house in force no longer serves this period, and promises of it may remain.
alter table period add column served boolean not null default true;
