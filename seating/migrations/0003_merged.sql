-- Guests of a party that joined another one count at that one's table from then on.
alter table seating add merged_into uuid;
