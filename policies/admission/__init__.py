"""Who may have which table: the house's access rules, asked in one place.

`admitted_to` gives the tables a party may have by its channel, its tags and the period;
`Room.ranked` takes it, so that whoever books, plans, moves or offers keeps to it. What a party has
already stays its own when a rule comes later: the plan moves nobody because of one. A house
without rules pays nothing.

Front door: `admission`.
"""
