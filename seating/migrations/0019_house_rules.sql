-- What an acknowledgement was of: the keys of the rules shown, by which alone it can be enforced.
alter table acknowledgement add column rule_keys text[] not null default '{}';
update acknowledgement a set rule_keys = shown.keys
from (
    select h.venue_id, (h.house -> 'house_rules' ->> 'version')::int as version,
           array_agg(distinct r ->> 'key') as keys
    from house h cross join jsonb_array_elements(h.house -> 'house_rules' -> 'rules') r
    where jsonb_typeof(h.house -> 'house_rules') = 'object'
    group by 1, 2) shown
where a.venue_id = shown.venue_id and a.rules_version = shown.version;
