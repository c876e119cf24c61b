"""`scripts/evening`: an evening simulated over HTTP as discrete events, and an independent check.

`crowd` draws all guests and walk-ins from a seed. `play` steps the business clock (`schedule`, the
demo clock of the service) and runs the actors: `sites` (booking sites on /v1), `phone`, `door`,
`floor`, `rescuer`, `gestures`, `manager` and `disturbances` (blocks, levers), all by `tablets`.
`wire` sends the calls, with lost answers, retries and duplicates at several processes; `killing`
kills processes, and after violations `damage` looks at PostgreSQL's files; `journal` records every
exchange. `examination` then compares what was acknowledged with the rows of the database and the
house file; `report` prints both.

Several evenings may be lived by one house (`--one-house`), which learns from each before the next.

Actors know the service only by its HTTP interface. Only `command`, `servers`, `logins` and `damage`
import seating.
"""
