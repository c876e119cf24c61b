"""`scripts/bench`: what the decisions are worth, measured."""
