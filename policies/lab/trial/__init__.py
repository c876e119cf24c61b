"""Rules tried on a house's own nights: what the manager's lab plays, compares and says.

`asked` turns what was asked on a past evening into a night; a synthetic one is drawn from the
house's forecast by `policies.lab.minutes.nights`. `playing` plays a night with a version of the
rules: requests by the service's own engine on both grids, the door minute by minute as the stand
advises, or quick by best fit. `figures` compares two versions night by night, `said` puts the trade
into a sentence, `reach` tells which rules a grid plays at all. `change` is advice to be tried,
`announced` what a letter may announce of it.
"""
