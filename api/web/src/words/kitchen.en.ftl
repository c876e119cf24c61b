## The kitchen's screen: what is to be brought and known

kitchen-page = Kitchen · { $house }
kitchen-title = Kitchen
kitchen-pair = A screen for the kitchen
kitchen-pair-name = Kitchen
kitchen-whose = Whose tasks
kitchen-whose-kitchen = Kitchen
kitchen-whose-floor = Floor
kitchen-whose-all = All
kitchen-now = Now
kitchen-later = To come
kitchen-noted = Known
kitchen-nothing-now = Nothing to bring just now.
kitchen-nothing-later = Nothing announced.
kitchen-who = { $name } · { $size }
kitchen-allergies = Sits with an allergy
kitchen-large = A party of { $size }
kitchen-units = { $count } × { $name }
kitchen-here = is here
kitchen-comes = { $time }, in { $minutes } min
kitchen-expected = expected at { $time }
kitchen-with-bill = with the bill
kitchen-check-down = the check is down
kitchen-in = { $time }, in { $minutes } min
kitchen-due = { $minutes ->
    [0] now
   *[other] for { $minutes } min
}
kitchen-over = { $minutes } min late
kitchen-know = We know
kitchen-done = { $table } · { $what }
kitchen-noted-by = known to { $name }
kitchen-offline = No connection since { $time }. What you see is from then.
kitchen-log-in = Who is here?
