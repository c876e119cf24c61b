-- The guest's words and the house's are two fields: `special_request` is the guest's, read by the
-- guest's page and the booking site; `notes` is the house's and never leaves it.
alter table reservation
    add column special_request text not null default '' check (length(special_request) <= 1000);

-- Words of a booking that staff made or have altered may be the house's: they stay `notes`, the
-- field that nobody outside reads. The others are the guest's.
update reservation r set special_request = r.notes, notes = ''
where r.notes <> '' and r.staff_id is null and not exists (
    select from action a
    where a.venue_id = r.venue_id and a.subject_id = r.reservation_id and a.kind = 'Alter');

-- Counts the changes a guest may see: the version that the booking site and the guest's page know.
alter table reservation add column public_version int not null default 1;
update reservation set public_version = version where version > 1;

-- Why a reservation was cancelled is told to its booking site, unless these are the house's words.
alter table reservation add column cancelled_by_house boolean not null default false;
update reservation r set cancelled_by_house = true
where r.cancelled_why is not null and exists (
    select from action a
    where a.venue_id = r.venue_id and a.subject_id = r.reservation_id and a.kind = 'Cancel');
