-- What a booking site told of the guest of its own reservation: it neither overwrites nor reads what
-- the house and other sites know of the guest.
alter table reservation add column email text, add column locale text;

-- The tokens of guests' links, cut out of a stored answer and encrypted.
alter table idempotency add column sealed bytea;
