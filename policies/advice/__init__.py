"""Advice to managers: which of their numbers the evenings seen speak for, and which against.

Each piece says what is written, what the evidence says, why, on how much it rests, and brings the
merge patch that makes a draft of it. Where too little was seen nothing is advised, and that is
said. `advice` has the common shape; `holding` (held tables and their release), `first_window` (a
house that holds none), `beyond` (promises beyond the room), `knob` (the measured frontier), `turns`
(turn times) and `grace` (how long a late party's table is kept) make it.
"""
