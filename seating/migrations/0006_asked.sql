-- What an action was asked to do: an id sent again with anything else is not a replay.
alter table action add column asked text not null default '';
