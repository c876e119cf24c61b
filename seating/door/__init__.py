"""The host stand's reading side: what a party at the door can be offered, and the stand view.

Nothing here locks or writes. `options` lists what a walk-in or a promised party can be given now (a
table, a join, a split, a wait) and, where the house rules decide by value, ranks the options by the
look-ahead: each is simulated under the same scenarios, the best mean value comes first. With each
comes its order and what that would do to others; where there is no table, why. `tonight` reads a
period and returns the `StandView` that `stand_view` builds from its picture: reservations,
seatings, waitlist, held tables, blocks, overbooked parties; on a closed day what comes next
(`closed_day`); `timeline` shows the same by table and time. `days` reads the dates ahead for the
desk's calendar. Whatever is due by now is shown as done, whether or not a job has written it.
`given_up` lists held tables that gave way. `evening_so_far` is what
managers see beside the stand's view.

May be imported by: api. Needs forecast (quote scales, forecasts), turnaways (playbook) and book.
"""
