### What staff read, and what they say to guests: short, kind, concrete; nobody is blamed.
### Keys: what the sentence is about first, then what is so.

## Refusals of the floor

with-a-reason-all-the-same = { $refusal } With a reason it can be booked all the same.

## Finding and mending reservations

search-name-without-letters = A name to look for needs at least one letter or digit.
search-phone-too-short = Give at least the last { $least } digits of the number.
request-has-no-table-yet = A request holds no table yet. Name the table when you approve it.
reinstate-time-is-over = The time of this reservation is over. Make a new one for another time.
reinstate-site-has-booked-again = The booking site has booked this again already. Look for the other booking.
guest-page-is-closed = The guest's page closes { $days } days after the visit.
guest-number-taken = { $name } already has this number. If both are one person, merge the two records.
guests-are-one-already = These two are one guest already. Name another guest to merge.
