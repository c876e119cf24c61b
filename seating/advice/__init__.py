"""Advice to managers from the book: read (`advice`) and made into drafts (`drafts`).

`evidence` reads the past evenings that only advice looks at.
"""
