### What staff read, and what they say to guests: short, kind, concrete; nobody is blamed.
### Keys: what the sentence is about first, then what is so.

## Refusals of the floor

with-a-reason-all-the-same = { $refusal } With a reason it can be booked all the same.
