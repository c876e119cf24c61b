## Without the network: what waits, what clashes, what is kept on the tablet

offline-banner = No connection since { $time }. The room is as it was then, with what you do here.
offline-waits = { $count ->
    [one] 1 act waits
   *[other] { $count } acts wait
 } to be sent
offline-see = See
offline-to-send = { $count ->
    [one] 1 act is being sent
   *[other] { $count } acts are being sent
 } to the service
offline-by-pin = { $count ->
    [one] 1 act waits
   *[other] { $count } acts wait
 } here, to be sent once somebody has entered a PIN.
offline-locked = No connection. The tablet opens by PIN once the network is back; what was done here is kept.
offline-needs-network = This needs the network. It was not done.
offline-open-ring = not sent yet
offline-asks = { $count ->
    [one] 1 question
   *[other] { $count } questions
 } from the time without connection
offline-answer = Answer
shell-sheet-offline = Without connection
offline-title = While there was no connection
offline-title-now = No connection since { $time }
offline-nothing = Nothing waits, nothing is open.
offline-waiting-title = Sent in this order
offline-party = Party of { $size }
offline-at = { $time }, { $name }
offline-take-back = Take back

offline-did-arrive = { $party }: arrived
offline-did-call = { $party }: called
offline-did-clear = { $party }: gone, table { $tables }
offline-did-coming = { $party }: on their way
offline-did-extend = { $party }: 15 minutes more at table { $tables }
offline-did-gone = { $party }: no answer, off the list
offline-did-leave = { $party }: left, off the list
offline-did-move = { $party }: moved to table { $tables }
offline-did-no-show = { $party }: no-show
offline-did-notes = Note for everybody: { $text }
offline-did-notify = { $party }: told that a table is free
offline-did-pay = { $party }: paid, table { $tables }
offline-did-place = { $party }: where they wait
offline-did-ready = Table { $tables } is ready
offline-did-reconfirm = { $party }: confirmed again
offline-did-rejoin = { $party }: back on the list
offline-did-reopen = { $party }: came after all
offline-did-seat = { $party }: seated at table { $tables }
offline-did-serve = { $party }: bill, table { $tables }
offline-did-tell-late = { $party }: coming later
offline-did-wait = { $party }: on the waitlist
offline-did-walk = { $party }: left without a table

offline-clash-tables = Two parties at table { $tables }
offline-clash-changed = It has changed meanwhile
offline-clash-lost = Somebody's table was taken
offline-side-here = Here
offline-side-there = Elsewhere
offline-ours-elsewhere = Ours sits at another table
offline-theirs-elsewhere = The others sit at another table
offline-ours-never = Ours does not sit here
offline-where = Which table?
offline-no-table-free = No table is free as things are known. Clear one first.
offline-leave-it = Leave it as it is
offline-do-again = Ours is right: do it again
offline-find-table = Find a table for them
offline-known = I know

offline-tables = Without the network: tables that were free when it was last known
offline-tables-none = No table for { $size } was free when it was last known. The list is kept here too.
offline-seat-at = Table { $table }, up to { $seats }
offline-to-the-list = On the list

offline-lost-title = This tablet no longer belongs to the house
offline-lost = { $count ->
    [one] One act was not sent and is lost.
   *[other] { $count } acts were not sent and are lost.
 } Tell a colleague, who can enter it at another tablet.
offline-lost-seen = Told

offline-storage = Safari deletes what this stand keeps for the time without a network after seven days without use. Add it to the home screen: Share, then "Add to Home Screen".
offline-storage-later = Later
offline-update = A new version of the stand is here.
offline-update-take = Start it
