"""Making, changing and cancelling reservations, by every channel.

`making` creates a reservation, `enquiries` a request that a person answers, `changing` moves,
resizes and cancels; `desk` does the same for staff (once per action id, with the audit record; a
dry run is rolled back), who are told and asked by `telling`;
`by_link` for the guest who holds the link. `slot_holds` locks a place for some minutes,
`availability` lists the starts that would be accepted, `searches` counts searches without result,
`thread` keeps what guest and house write to each other, `visit` what the guest's page shows.

The engine that lists (policies.booking.engine) is the engine that commits. A promise is physical
only if a complete assignment of all physical promises exists at that moment, stored as the plan;
anything beyond is overbooked, within the caps of the rules in force.
Front doors: all modules; used by partners, rescue and api.
"""
