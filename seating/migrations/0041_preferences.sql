-- What a party would like of its table (area, quiet, window, booth): it ranks tables, never refuses.
alter table reservation add column preferences jsonb;
alter table slot_hold add column preferences jsonb;
