-- How long a reservation keeps its table, where staff set it; null: the turn time of the house.
alter table reservation
    add column duration_minutes int check (duration_minutes between 15 and 720);
