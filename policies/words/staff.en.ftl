### What staff read, and what they say to guests: short, kind, concrete; nobody is blamed.
### Keys: what the sentence is about first, then what is so.

## Refusals of the floor

with-a-reason-all-the-same = { $refusal } With a reason it can be booked all the same.

## Held tables that give way

held-gave-way = The table held for { $seats } was given up: the room has no place for it any more.
held-gave-way-to-reservation = The table held for { $seats } was given up, so that the party of { $guests } booked for { $time } has one.
held-gave-way-to-seating = The table held for { $seats } was given up: { $count ->
    [one] at table { $tables }
   *[other] at tables { $tables }
} sits a party of { $guests }, and no other is free.
held-gave-way-to-block = The table held for { $seats } was given up: table { $table } is out of use, and no other is free.
held-gave-way-to-closure = The table held for { $seats } was given up: its area is closed, and no other table is free.
held-gave-way-to-waiting = The table held for { $seats } was given up for a party that has been called to its table.
held-no-room = No table could be held for { $seats }: all are promised.
held-not-served = The table held for { $seats } was given up: the house is closed then.
held-starts-later = The table for { $seats } is held from { $starts } instead of { $first }: it is taken until then.

## Tablets

pairing-code-not-of-venue = This code pairs no tablet with this house: it is mistyped, used up or too old, or made for another house. Check the house and the code, or ask a manager for a new one.
