## The frame: the bar above, tabs, connection, undo

shell-tabs = Views
shell-tab-floor = Floor
shell-tab-list = List
shell-tab-timeline = Timeline
shell-tab-book = Reservations
shell-tab-door = Door
shell-tab-house = From the house
shell-tab-tasks = To bring
shell-undo = Undo { $seconds }
shell-done = Done
shell-sending = Sending …
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
shell-sheet-sections = Sections
shell-sheet-notes = Service notes
shell-sheet-news = News
shell-sheet-paper = Paper
shell-sheet-journal = Journal
shell-sheet-person = Person
shell-sheet-tablets = Tablets
shell-sheet-people = People
shell-to-desk = The desk
shell-sheet-settings = Settings

## Pairing, the locked stand, PINs

shell-away = The service does not answer. Try again in a moment.
shell-not-sent = Not sent: the service does not answer.
shell-pair-title = Pair this tablet
shell-pair-how = A manager makes a code at another tablet, under their own name, Tablets; scripts/serve prints the first. It is good for a few minutes, once.
shell-pair-venue = House
shell-pair-code = Code
shell-pair-name = Name of this tablet
shell-pair-usual-name = Stand at the door
shell-pair = Pair
shell-demo-title = A demo evening
shell-demo-how = { $rate ->
    [1] Guests and staff are simulated; the evening runs in real time.
   *[other] Guests and staff are simulated; the evening runs { $rate } times as fast as a real one.
}
shell-demo-who = Who may log in, and with which PIN, is printed where scripts/serve was started.
shell-pace = This evening runs { $rate } times as fast as a real one.
shell-pace-real = In real time
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

## Services

shell-service = { $weekday } { $name }
shell-period-breakfast = breakfast
shell-period-brunch = brunch
shell-period-lunch = lunch
shell-period-dinner = dinner
shell-period-late = late supper

## Person and settings

shell-role-host = Host
shell-role-manager = Manager
shell-role-owner = Owner
shell-role-server = Server
shell-role-kitchen = Kitchen
shell-role-viewer = Looks on
shell-settings-here = On this tablet
shell-language = Language
shell-theme = Theme
shell-theme-dark = Dark
shell-theme-light = Light
shell-theme-auto = As the tablet
shell-hand = The hand that taps
shell-hand-left = Left
shell-hand-right = Right
shell-letters = Text size
shell-letters-size = { $percent } %
shell-locks-in = Nobody has touched this tablet for a while. It locks in { $seconds } s.
shell-stay = Stay
shell-fold = Hide what is private
shell-unfold = Show what is private

## Journal

shell-journal-what = Who did what tonight
shell-journal-empty = Nothing yet tonight.
shell-journal-before = Earlier
shell-take-back = Undo
shell-you = you
shell-by-itself = by itself
shell-ago-seconds = { $count } s ago
shell-ago-minutes = { $count } min ago
shell-undone-by = undone by { $name }

## The evening's levers

shell-lever-span = How long, for what you set now
shell-lever-span-value = { $minutes ->
    [0] Until the end
   *[other] { $minutes } min
  }
shell-lever-since = since { $time }
shell-lever-until = until { $time }
shell-lever-online_paused = Booking online
shell-lever-online_paused-off = Guests can book tonight.
shell-lever-online_paused-pull = Pause
shell-lever-online_paused-lift = Open again
shell-lever-seating_stopped = Seating
shell-lever-seating_stopped-off = Parties are seated.
shell-lever-seating_stopped-pull = Stop
shell-lever-seating_stopped-lift = Seat again
shell-lever-last_orders = Last orders
shell-lever-last_orders-off = Not called yet.
shell-lever-last_orders-pull = Call them
shell-lever-last_orders-lift = Take back
shell-lever-close_early = Closing time
shell-lever-close_early-off = As usual.
shell-lever-close_early-pull = Close early
shell-lever-close_early-lift = Close as usual
shell-lever-area_shut = { $area }
shell-lever-area_shut-off = Open.
shell-lever-area_shut-pull = Shut
shell-lever-area_shut-lift = Open again
shell-lever-pace = The kitchen
shell-lever-pace-usual = { $usual ->
    [one] One guest may start in a quarter of an hour.
   *[other] { $usual } guests may start in a quarter of an hour.
}
shell-lever-pace-now = Slowed: { $covers } guests instead of { $usual } in a quarter of an hour
shell-lever-pace-pull = Slow the kitchen
shell-lever-pace-lift = As usual
shell-lever-pace-fewer = Two fewer
shell-lever-pace-more = Two more

## News: calls, cases, a manager's yes

shell-news-none = Nothing waits for you.
shell-news-calls = Colleagues call you
shell-news-approvals = Somebody asks for your yes
shell-news-cases = May have to wait
shell-news-requests = Requests by guests
shell-call = { $name } calls you: party of { $size }
shell-call-see = Go
shell-wish = A yes is asked of you: { $name }
shell-approval-until = until { $time }
shell-guest = A guest
shell-case-exposed = No table for { $time } yet.
shell-case-waiting = Promised for { $time }, waits { $minutes } min.
shell-case-drifting = The table for { $time } may not be free in time.
shell-case-find = Find a table
shell-requests = { $count ->
    [one] { $count } request waits for an answer
   *[other] { $count } requests wait for an answer
  }
shell-more-news = { $count } more
shell-see = See
shell-yes = Yes
shell-no = No
shell-notes-none = No notes for this service.
shell-note-new = A note for everybody who works it
shell-note-keep = Keep
shell-note-drop = Delete
shell-areas = Areas
shell-areas-all = All
shell-change-person = Change person
shell-keys-act = Single letters of a keyboard
shell-keys-on = Act
shell-keys-off = Do nothing
shell-sheet-keys = Keys
shell-key-size = The door's answer for that size
shell-key-search = Find a party
shell-key-view-floor = Floor
shell-key-view-timeline = Timeline
shell-key-arrive-seat = Arrived, seat as proposed
shell-key-table = Seat at that table, or move there
shell-key-keep-call-left = Keep 10 more, call, left
shell-key-no-show = No-show
shell-key-arrows = From row to row, from table to table
shell-key-view-door = Door
shell-key-view-book = New booking
shell-key-wait = Waitlist
shell-key-journal = Journal
shell-key-undo = Undo
shell-key-lock = Lock
shell-key-back = Back
shell-key-keys = This list
