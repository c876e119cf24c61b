## Reservations by phone or at the desk, for any date

desk-title = Reservations
desk-days = The days ahead
desk-covers = { $covers ->
    [one] 1 guest
   *[other] { $covers } guests
}
desk-closed = closed
desk-asking = { $count ->
    [one] 1 asks
   *[other] { $count } ask
}
desk-other-date = Another date
desk-party-of = Party of
desk-larger = A larger party
desk-wishes = What they need
desk-step-free = Step-free
desk-quiet = Quiet
desk-high-chairs = { $count ->
    [0] High chair
    [one] 1 high chair
   *[other] { $count } high chairs
}
desk-times = Times
desk-times-of = Times, { $service }
desk-taken = { $time } is taken: why, and what is free
desk-not-in = not { $areas }
desk-until = Theirs until { $time }
desk-by-request = on request
desk-nearest = Nearest times that are free
desk-nothing = { $code ->
    [CLOSED] We are closed that day.
    [PAUSED] Bookings are paused just now.
    [PARTY_SIZE_NOT_ALLOWED] { $size } are more than one table or join seats.
    [OUTSIDE_BOOKING_WINDOW] That is further ahead than the book is open.
    [PACING_FULL] The kitchen has as many starts that day as it can take.
    [NEEDS_NOT_MET] No table that day has all they need.
   *[other] Nothing is free for { $size } that day.
}
desk-what = Party of { $size }, { $date }, { $time }
desk-channel = How they ask
desk-channel-phone = On the phone
desk-channel-desk = At the desk
desk-phone = Phone
desk-name = Name
desk-email = E-mail
desk-special = What they ask for
desk-notes = For the house only
desk-known = { $visits ->
    [0] First visit
    [one] Was here once
   *[other] Was here { $visits } times
}{ $noShows ->
    [0] {""}
    [one] , did not come once
   *[other] , did not come { $noShows } times
}
desk-known-guests = Guests we know
desk-visits = { $count ->
    [0] never here
    [one] 1 visit
   *[other] { $count } visits
}
desk-read-out = Please read out
desk-rules-read = Read out, and they agree
desk-book = Book it
desk-not-now = Not now
desk-anyway = Book it anyway
desk-overrule-begin = Book it all the same
desk-overrule-why = Why
desk-overrule = Book against the plan
desk-search = Name, number or code
desk-book-of-day = Reservations of the day
desk-book-empty = Nobody has booked for this day yet.
desk-found-none = Nobody found by that.
desk-table = { $count ->
    [one] table { $tables }
   *[other] tables { $tables }
}
desk-beyond = Beyond the room
desk-beyond-means = Promised on purpose though no table is planned yet.
desk-state = Now
desk-state-requested = asks
desk-state-booked = booked
desk-state-arrived = here
desk-state-seated = seated
desk-state-finished = was here
desk-state-cancelled = cancelled
desk-state-declined = declined
desk-state-no_show = did not come
desk-state-walked = left without a table
desk-requests = { $count ->
    [one] 1 waits for our yes
   *[other] { $count } wait for our yes
}
desk-requests-all = Show all
desk-requests-fewer = Show fewer
desk-approve = Yes
desk-decline = No
desk-day-notes = Notes of the day
desk-day-note = A note for everybody who works that day
desk-add-note = Add a note for the day
desk-keep = Keep
desk-delete = Delete
desk-tables = Table
desk-code = Code
desk-same-guest = The same guest?
desk-cancelled-why = Cancelled because
desk-date = Date
desk-change = Change
desk-keep-change = Keep the change
desk-guest-link = Link for the guest
desk-cancel-begin = Cancel the booking
desk-cancel-why = Why is it cancelled?
desk-cancel = Cancel it
desk-reinstate = Book it again
desk-grant = Give them table { $table }, kept back
desk-grant-why = Why they get table { $table }, which is kept back
desk-grant-book = Book it, table { $table }
desk-taken-back = taken back at the desk
desk-together = Pushed together: { $seats } of { $size } seats
desk-seats = { $seats ->
    [one] 1 seat
   *[other] { $seats } seats
}
desk-read-back = Booked. Read it back
desk-written-request = Written down, waits for our yes
desk-read-back-done = Done
desk-open = Open
desk-allergies = Allergies
desk-cancel-plans = Plans changed
desk-cancel-ill = Somebody is ill
desk-cancel-twice = Booked twice
desk-guest-link-hint = Let the guest point a camera at it, or send the link: it opens their own page.
desk-link-copied = Copied
desk-choose-time = Choose a time for that day.

## What the guest was written

desk-messages = Messages
desk-message-of-confirmation = Confirmation
desk-message-of-change = Change
desk-message-of-cancellation = Cancellation
desk-message-of-reminder = Reminder
desk-message-of-waitlist_ready = Table ready
desk-message-of-enquiry_answer = Answer
desk-message-by-email = mail
desk-message-by-text = text
desk-message-on = { $day }, { $time }
desk-message-waiting = goes out { $when }
desk-message-sending = on its way
desk-message-sent = sent { $when }
desk-message-delivered = arrived, { $when }
desk-message-failed = failed, please call
desk-message-not_configured = not sent, the house has no mail set up
desk-message-no_address = no address, please call
desk-message-not_wanted = not sent, the guest wishes none
desk-message-told_by_site = not sent, the booking site tells them
desk-message-superseded = not sent, no longer so
desk-message-over = not sent, too late
