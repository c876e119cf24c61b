"""What tills tell."""
