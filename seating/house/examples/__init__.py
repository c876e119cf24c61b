"""The house files shipped: `bistro` (demo), `sixty` (benchmark), `garden` (rooms with rules)."""

from importlib import resources


def shipped() -> tuple[str, ...]:
    """Return the names of the shipped houses, sorted."""
    files = (file.name for file in resources.files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in files if name.endswith(".toml")))


def shipped_text(name: str) -> str:
    """Return a shipped house file as TOML; raises LookupError for a name not in `shipped`."""
    if name not in shipped():
        raise LookupError(f"no house {name!r} is shipped; there are {', '.join(shipped())}")
    return resources.files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
