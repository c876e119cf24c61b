"""Example values generated from a JSON schema, so that they always match it."""

from typing import Any, Final

Schema = dict[str, Any]

REF: Final = "#/components/schemas/"
FORMATS: Final = {
    "date": "2026-11-28",
    "date-time": "2026-11-28T19:30:00+01:00",
    "uuid": "5f0c6e0e-6d0b-4d0e-9a53-6a2b8f1f6f10",
}


class NoExampleError(Exception):
    """A field has neither an example nor bounds from which one could be made."""


def example_of(schema: Schema, named: dict[str, Schema], where: str = "") -> Any:  # noqa: ANN401
    """One value that the schema allows, its own example if any. Raises NoExampleError."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(REF)
        return example_of(named[name], named, where or name)
    for key in ("examples", "enum"):
        if key in schema:
            return schema[key][0]
    if "const" in schema:
        return schema["const"]
    if "anyOf" in schema:
        return example_of(schema["anyOf"][0], named, where)
    return _of_type(schema, named, where)


def _of_type(schema: Schema, named: dict[str, Schema], where: str) -> Any:  # noqa: ANN401
    kind = schema.get("type")
    if kind == "object":
        fields = schema.get("properties", {})
        return {name: example_of(each, named, f"{where}.{name}") for name, each in fields.items()}
    if kind == "array":
        return [example_of(schema["items"], named, f"{where}[]")]
    if kind == "string" and "format" in schema:
        return FORMATS[schema["format"]]
    found = schema.get("default", False if kind == "boolean" else schema.get("minimum"))
    if found is None:
        raise NoExampleError(f"{where} needs an example")
    return found
