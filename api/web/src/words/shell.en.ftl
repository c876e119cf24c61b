## The frame: the bar above, connection, undo

tab-floor = Floor
tab-book = Reservations
tab-door = Door
tab-house = From the house
offline = No connection since { $time }. What you see is from then.
undo = Undo
