"""The minute world: synthetic nights played by events, each in its own minute.

The five-minute lab (`policies.lab.play`) moves guests, tables and the door all together once a
bucket. Here arrivals, clearings and walk limits happen in their minutes and the door is asked at
each change, as in the service. `nights` draws a night in minutes, the draws from which the lab's
night is rounded, and the stress nights; `evening` plays it with a `Host` at the door; `outcome`
is what came of it. All minutes count from the opening at 17:00.
"""
