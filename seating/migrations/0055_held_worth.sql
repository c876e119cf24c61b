-- What a held table's place was worth to guests who book, in minor units, by the bid prices when
-- they were first made with it held and when they were last made while it was held and its window
-- had not begun (seating/forecast/prices.py); null: never priced.
alter table held_table
    add column first_displaced bigint check (first_displaced >= 0),
    add column last_displaced bigint check (last_displaced >= 0);
