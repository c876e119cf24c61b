-- The evening's lever on the kitchen's pace: covers that may start per 15 minutes, at most; null: as
-- the house file says.
alter table period add column pacing_covers int check (pacing_covers between 0 and 1000);
