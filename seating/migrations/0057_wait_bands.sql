-- Waits are told as a band: likely, and at the latest (quoted_minutes, requoted_minutes).
alter table wait_entry
    add column quoted_likely int check (quoted_likely >= 0),
    add column requoted_likely int check (requoted_likely >= 0),
    -- What the look-ahead saw when the wait was told: the model learns from it and from what came.
    add column simulated jsonb;

-- The model of the venue (policies/lookahead/quotes.py); null until it has learned with it, then
-- the three factors of before say how far its waits were from the usual.
alter table quote_scale add column model jsonb;
