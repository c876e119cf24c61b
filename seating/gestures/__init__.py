"""Gestures: items offered to a party on the house, charged to purses, and reported.

An item of the catalogue is offered, accepted or declined, delivered, voided or expired (`offers`).
Its cost is charged when it is offered, to the person's purse and the venue's in one statement
(`purses`): granted - spent >= 0 always, and a gesture is charged once. Beyond the person's limits
a manager is asked (`approvals`); house etiquette (`etiquette`: how many parties, repeats,
allergens) binds everybody. Lock order: the gesture's row, the venue's purse, the person's purse.
`suggestions`: what fits a party now; `tonight`: what is to be offered and delivered; `tasks`: what
is to be brought now, by whom; `complaints`; `till_adjustments`: what the till takes off a check;
`expiry`: offers that ran out, their money back in the purses; `report`: who received gestures,
tips, refunds, claims.

May be imported by: house (purses only), jobs (expiry, tasks) and api.
"""
