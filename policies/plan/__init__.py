"""Table planning: a complete assignment of tables to every promise of a period, kept movable.

Nothing is locked before a party arrives. A plan assigns items (parties with a start and an end in
5-minute buckets) to tables and joins, and proves that all physical promises fit: a promise is
physical only while such an assignment exists. Facts (seatings, closures) override intentions
(plans, held tables, slot holds); a promise that loses its tables is moved, or stands without any,
exposed. Before that held tables give way (`giving_way`), no more of them than needed, and the plan
is made anew around who has sat down (`settling`), moving nobody for nothing (`fewer_moves`).

A table is looked for by best fit (best preference rank, least gap beside the stay), then by moving
others: an ejection chain of depth three, which moves few, or an ejection search over the whole room
(Nagata and Braysy 2009). A necessary test, Hall's condition at single instants, rejects what cannot
fit before any search.
Budgets are counted, never timed, so every process finds the same plan.

Front door: `replanning`; inside policies also `occupancy`, `placement`, `plan`.
"""
