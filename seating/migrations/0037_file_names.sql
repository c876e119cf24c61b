-- The name that the house file gave when it was last loaded; null for who is in no file.
alter table staff add column file_name text;
update staff set file_name = name where file_role is not null;
