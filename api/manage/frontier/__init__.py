"""The manager's knob and the frontier it moves along.

`routes`; `drawing` makes an SVG picture, with `axes` and `style`.
"""
