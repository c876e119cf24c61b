-- A party that was given something is not undone: its gesture and the purse stay as they are.
alter table gesture drop constraint gesture_venue_id_seating_id_fkey;
alter table gesture add constraint gesture_of_seating
    foreign key (venue_id, seating_id) references seating;
alter table gesture drop constraint gesture_venue_id_wait_id_fkey;
alter table gesture add constraint gesture_of_wait
    foreign key (venue_id, wait_id) references wait_entry;
