-- The partner's code a reservation came with; both sides are shown it.
alter table reservation add column referral_code text;
