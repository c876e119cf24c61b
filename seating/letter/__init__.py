"""The morning letter: what a service date was, read from its closed book (`letter`, `evening`).

`proposals` is what the letter proposed; made by a job after closing and kept, as advice moves on.
May be imported by: jobs and api.
"""
