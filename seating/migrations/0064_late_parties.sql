-- What a party that told that it is late was answered, as it was told.
alter table reservation add column late_told jsonb;

-- A booked party may say that it is on its way before anybody calls it.
alter table reservation
    drop constraint reservation_coming,
    add constraint reservation_coming
        check (coming_at is null or called_at is not null or state <> 'arrived');
