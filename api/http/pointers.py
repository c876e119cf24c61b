"""Where in a request something is wrong (JSON pointer, RFC 6901), and the sentence about it."""

from collections.abc import Iterable


def pointer_to(path: Iterable[str | int]) -> str:
    """A JSON pointer: `("guest", "tags", 0)` -> `/guest/tags/0`; `~` and `/` are escaped."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def sentence(said: str) -> str:
    """The words as a sentence: a capital first, a full stop last."""
    whole = said[:1].upper() + said[1:]
    return whole if whole.endswith((".", "!", "?")) else f"{whole}."
