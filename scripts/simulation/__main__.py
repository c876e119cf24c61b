"""`python -m scripts.simulation`, which `scripts/evening` runs."""

from scripts.simulation.command import main

if __name__ == "__main__":
    main()
