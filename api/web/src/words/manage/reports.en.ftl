## Reports: the list, one of them, what is behind a figure

reports-title = Reports
reports-not-kept = What the book does not keep yet
reports-lost = This could not be fetched.
reports-days = Which days
reports-last-days = { $days } days
reports-from = From
reports-to = To
reports-weekday = Weekday
reports-every-day = Every day
reports-period = Service
reports-all-periods = All
reports-back = All reports
reports-tap = Touch a mark, or a number in the table, to see the evenings behind it.
reports-first-of = Drawn: the first { $shown } of { $all }.
reports-figures = The figures
reports-csv = Save as CSV
reports-of = { $what }: { $of }
reports-cases = { $cases ->
    [one] One case
   *[other] { $cases } cases
}, the latest first.
reports-latest-of = The latest { $shown } of { $all }.
reports-when = When
reports-guest = Guest
reports-no-name = no name kept
reports-party = Guests
reports-happened = What happened
reports-note = Note
reports-minutes = Minutes
reports-amount = Amount
reports-share = Share
reports-number = Number
