"""Entry point of `scripts/bench` (`python -m scripts.benchmark`)."""

import sys

from scripts.benchmark.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
