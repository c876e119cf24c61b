## The frame: the bar above, tabs, connection, undo

shell-tabs = Views
shell-tab-floor = Floor
shell-tab-list = List
shell-tab-book = Reservations
shell-tab-door = Door
shell-tab-house = From the house
shell-offline = No connection since { $time }. What you see is from then.
shell-undo = Undo { $seconds }
shell-done = Done
shell-again = Send again
shell-seen = OK
shell-close = Close
shell-people = { $seated } seated, { $coming } to come, { $waiting } may wait, { $gone } have left
shell-seated = { $count } seated
shell-to-come = { $count } to come
shell-may-wait = { $count } may wait
shell-online-open = Online open
shell-online-paused = Online paused
shell-seating-stopped = Seating stopped
shell-person = { $name }: change person, lock, settings
shell-no-service = No service now

shell-sheet-table = Table
shell-sheet-party = Party
shell-sheet-seated = Seated party
shell-sheet-waiting = Waiting party
shell-sheet-wait = Waitlist
shell-sheet-door = Door
shell-sheet-alert = A colleague calls
shell-sheet-give = From the house
shell-sheet-booking = Reservation
shell-sheet-reservation = Reservation
shell-sheet-search = Search
shell-sheet-levers = This evening
shell-sheet-notes = Service notes
shell-sheet-news = News
shell-sheet-journal = Journal
shell-sheet-person = Person
shell-sheet-settings = Settings

## Pairing, the locked stand, PINs

shell-away = The service does not answer. Try again in a moment.
shell-not-sent = Not sent: the service does not answer.
shell-pair-title = Pair this tablet
shell-pair-how = A manager makes a code at another tablet, under House. It is good for a few minutes, once.
shell-pair-venue = House
shell-pair-code = Code
shell-pair-name = Name of this tablet
shell-pair-usual-name = Stand at the door
shell-pair = Pair
shell-who = Who is at the stand?
shell-other-person = Somebody else
shell-pin-of = PIN of { $name }
shell-pin-enter = Enter
shell-pin-back = Take back a digit
shell-pin-typed = { $count ->
    [0] No digit yet
    [one] { $count } digit
   *[other] { $count } digits
  }
shell-pin-differs = These two were not the same. Once more.
shell-first-pin = A PIN of your own
shell-first-pin-old = Enter the PIN you were given.
shell-first-pin-new = Somebody else chose the one you have. Choose another.
shell-first-pin-again = The same once more.
shell-lock = Lock
shell-locked-floor = The room: tables, times and sizes
shell-locked-waiting = { $count ->
    [one] { $count } party waits
   *[other] { $count } parties wait
  }
