"""Who gets in: how hard a PIN has to be to guess, and how long to wait after wrong ones.

`pins`: what makes a PIN too easy, and its shortest length by role. `guesses`: the schedule of
pauses and locks after wrong PINs, of a tablet and of a person.
"""
