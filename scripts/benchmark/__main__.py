"""`python -m scripts.benchmark`, which `scripts/bench` becomes."""

import sys

from scripts.benchmark.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
