"""The benchmarks of `scripts/bench`: decisions on synthetic nights, consistency, show-up model.

`command` names them. `decisions`: rows (`rows`: a policy, a door rule, wrong beliefs) are played in
pieces of a few nights by worker processes (`pieces`, `workers`), summed up against the best flat
rule and the clairvoyant bound (`figures`), compared with the target figures (`bars`), timed
(`speed`) and printed (`report`). `pairs`: whether an answer of one api process holds at another
(`pairing`). `showup`: the show-up model on a real booking history (`showup_table`).
"""
