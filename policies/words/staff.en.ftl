### What staff read, and what they say to guests: short, kind, concrete; nobody is blamed.
### Keys: what the sentence is about first, then what is so.

## Refusals of the floor

with-a-reason-all-the-same = { $refusal } With a reason it can be booked all the same.

## Who may have which place

tables-kept-by-rule = { $tables }: kept by the rule "{ $rule }". With a reason you can give them all the same.
place-kept-by-rule = The places for this party are kept by the rule "{ $rule }". Name its tables and a reason to give them all the same.
no-such-area = There is no area { $area }. There are { $areas }.
larger-groups-ask-staff = We book up to { $most ->
    [one] one guest
   *[other] { $most } guests
} at one table. Write it down as an enquiry, and answer it with the tables to push together.
