"""Gestures: what staff give away to a party (an item, an amount off, a refund), and its limits.

Front doors: `orders` (the commands), `gesture` (offer, answer, deliver, undo), `purses` (limits),
`approvals` (asking a manager), `etiquette` (what does not fit a party), `visit` (what is known of
the party), `suggestions`, `till_adjustments` and `fairness` (reports). `words` and `allergens` are
internal to policies.

A gift needs: cost <= the giver's limit per gift, <= the balance of their purse of the shift, and
<= the balance of the venue's purse of the night; beyond these a manager may give it or raise the
limits. Charging happens once, when it is offered; declined, voided and expired gestures are paid
back. Etiquette caps the share of parties that receive one and bars repeats to the same guest;
amends (refunds, claims, a rung of the wait ladder) are exempt from that, never from allergies.
Money is in minor currency units.
"""
