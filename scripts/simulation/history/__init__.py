"""`scripts/evening --history`: a season of one house, kept as rows for the demo's first start.

`season` plays consecutive service dates through the service over HTTP on one database; `people`
are who comes, some of them again and again; `till` tells the service of their checks. `copying`
copies a played database's `tables` out and into a fresh one, with dates relative to the last
service date (`rows`); `kept` reads and writes the file of a house (`<house>.rows.xz`).
"""
