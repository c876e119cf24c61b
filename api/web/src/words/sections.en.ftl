## Sections: who serves which tables, and whose turn it is

sections-title = Sections
sections-none = Nobody has tables yet. Parties are suggested without looking at servers.
sections-set = Set sections
sections-change = Change sections
sections-covered = All tables have a server.
sections-uncovered = { $count ->
    [one] One table has no server: { $tables }
   *[other] { $count } tables have no server: { $tables }
}
sections-uncovered-short = { $count ->
    [one] One table without a server
   *[other] { $count } tables without a server
}
sections-next = Next
sections-whose = Who serves them
sections-load = { $name }: { $tables ->
    [one] 1 table
   *[other] { $tables } tables
}, { $guests ->
    [one] 1 guest
   *[other] { $guests } guests
}, last { $time }
sections-load-none = { $name }: no party yet
sections-evening = { $tables ->
    [one] 1 table
   *[other] { $tables } tables
} in the section, { $guests ->
    [one] 1 guest
   *[other] { $guests } guests
} this evening
sections-second = { $name } had a party less than ten minutes ago: this is the second.
sections-third = { $name } had two parties in ten minutes: give them time.
sections-by = { $name } serves
sections-other-tables = Other tables
sections-line = Next: { $load }
sections-kitchen = Kitchen slowed until { $time }: { $covers } of { $most } guests this quarter of an hour
sections-kitchen-takes = The kitchen is slowed until { $time }. It takes their order from { $at }.
sections-kitchen-takes-now = The kitchen is slowed until { $time }. It takes their order now.
sections-kitchen-takes-none = The kitchen is slowed until { $time } and takes nobody within two hours.
sections-floor = Sections on the floor
sections-pick = Tap the tables of { $name }
sections-pick-nobody = Tap tables that nobody serves
sections-pick-first = Choose a server, then tap tables
sections-leaving-pick = Who takes the tables of { $name }?
sections-count = { $name } · { $count }
sections-nobody = Nobody
sections-all-of = All of { $area }
sections-leaves = { $name } goes home
sections-more = More people
sections-done = Save sections
sections-back = Leave as it was
sections-head-server = Server
sections-head-tables = Tables
sections-head-guests = Guests
sections-head-evening = Tonight
sections-head-last = Last
