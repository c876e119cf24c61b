-- Tables that a party had been promised and no longer is: told to guest and host.
alter table reservation add column lost_tables text[] not null default '{}';
