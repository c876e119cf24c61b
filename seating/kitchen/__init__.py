"""The kitchen's screen: what is to be brought and known (`view`), and what was noted (`marks`).

No money, no risk and no guest's contact is in it. Front doors: both, for api.
"""
