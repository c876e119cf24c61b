-- Held tables: written on another branch.
select 1;
