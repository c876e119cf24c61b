-- Until when a receiver has asked not to be sent anything (Retry-After).
alter table webhook_endpoint add column not_before timestamptz;
