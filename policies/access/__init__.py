"""Who gets in, and what they may: how hard a PIN is to guess, the rights of each role.

`pins`: what makes a PIN too easy, and its shortest length by role. `guesses`: the schedule of
pauses and locks after wrong PINs, of a tablet and of a person. `rights`: what each role may do.
"""
