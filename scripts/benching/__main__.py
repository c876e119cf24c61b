"""`python -m scripts.benching`, which `scripts/bench` becomes."""

import sys

from scripts.benching.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
