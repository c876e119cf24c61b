"""The command line of `scripts/bench`: runs one benchmark.

Benchmarks are imported only after `keep_kernels` has set the folder of Numba's cache.
"""

from __future__ import annotations

import sys
from importlib import import_module

from scripts.kernel_cache import keep_kernels

BENCHMARKS = {
    "also-open": "new rules on 40 booked evenings with 2,000 promises: seconds, nothing broken",
    "decisions": "nights of the sixty tables: our decisions, rival rules and a bound on them all",
    "disagreements": "where the plan and the prices disagree about a request, and why",
    "evenings": "evenings over HTTP with discretion on: violations, told / happened, walked",
    "failover": "the primary dies in a burst of bookings: the wait, the 503s, what is lost",
    "frontier": "the manager's knob: net against walked and waiting parties at each position",
    "held": "tables held, 0 to 3: what they cost and what a granted one must be worth",
    "letter": "ninety dates by the morning letters beside standing still, sixty dates judge",
    "late": "ten minutes late, told five minutes before: is the answer what happens; who walks",
    "lab": "a hundred nights in the lab beside a booking site: seconds, p99 of availability",
    "pairs": "is a yes at one process a yes at the other: 10,000 look-ups and bookings",
    "quotes": "waits told: one band at all six places, kept four times in five, how sharp",
    "soak": "an hour of thirty houses: memory and latency flat; then 500 tablets on one process",
    "stand": "one stand in a browser on a full Friday: paint, taps, memory, sizes, Lighthouse",
    "told-prior": "learn the risks told with promises on synthetic nights, or judge them",
    "sections": "sections on and off: guests by server, third seatings, and what guests pay",
    "showup": "the show-up model on a real history: scripts/bench showup FILE",
}


def main(arguments: list[str]) -> int:
    """Run the benchmark named first; return its exit code, 2 for an unknown name."""
    name, rest = (arguments[0], arguments[1:]) if arguments else ("--help", [])
    if name in BENCHMARKS:
        keep_kernels()
        bench = import_module(f"scripts.benchmark.{name.replace('-', '_')}")
        try:
            return int(bench.main(rest))
        except KeyboardInterrupt:
            sys.exit("\nStopped; what is done is kept, and the next start goes on from there.")
    asked = name in {"-h", "--help"}
    usage = "\n".join(f"  scripts/bench {bench:13} {about}" for bench, about in BENCHMARKS.items())
    print(
        f"usage: scripts/bench BENCH [options]\n{usage}", file=sys.stdout if asked else sys.stderr
    )
    return 0 if asked else 2
