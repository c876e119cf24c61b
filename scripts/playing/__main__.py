"""`python -m scripts.playing`, which `scripts/evening` becomes."""

from scripts.playing.command import main

if __name__ == "__main__":
    main()
