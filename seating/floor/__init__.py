"""Carrying out a host's commands (seat, move, clear, block, levers, undo) on a period.

`orders.execute_command` is the front door. One command: look up its id (a replay is answered as the
first time), lock the periods it reaches (`reach`), let policies.floor decide on the picture, write,
record the action with what it changed, and return a `CommandResult` (`answers`). A fact is never
refused because of a plan: plans that are in the way are replanned in the same transaction, and the
result tells by name who moved or became exposed, with warnings. A dry run goes the same way,
unlocked and read-only. An undo restores the states before an action within its undo time, if
nothing else has changed them. `levers_ahead` pulls levers for dates ahead: they hold whether or not
a period of them has a row yet. `leaving` takes a party off the waitlist for a client or a guest's
link by the same way. `held_report` tells what became of held tables.

May be imported by: rescue (to seat and to list a party), jobs (`reach.overrun_reach`,
`levers_ahead.end_levers`), api.
"""
