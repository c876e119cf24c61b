"""The manager's lab: versions of the rules played on a house's own nights, by a process of its own.

`runs`: asked, listed, stopped. `answers`: what a run shows. `past_nights`, `nights`: the nights to
play, from what was asked on past evenings or drawn from the forecast. `claiming`: which process
plays a run. `trials`: what a morning letter proposes, tried on the house's evenings. `worker`: that
process, of the lowest priority (`python -m seating.lab.worker`).
"""
