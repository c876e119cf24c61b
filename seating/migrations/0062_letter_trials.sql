-- What a morning letter proposes is tried in the lab on the house's own evenings: each change, and
-- those that may be followed together, beside the rules and the house in force (`house`: a version).
-- `trial`: {"house": 3, "changes": [...]}, null for a run that a manager asked for.
alter table lab_run add column trial jsonb;
alter table letter add column trial_run uuid;
