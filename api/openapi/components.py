"""`components/schemas` of the screens' document, from msgspec's schemas of Structs."""

from collections.abc import Callable, Iterable, Mapping
from inspect import cleandoc
from itertools import product
from typing import Any, Final, get_args

import msgspec
from msgspec import Struct, inspect
from msgspec.inspect import StructType

from api.openapi.document import without_defaults
from api.openapi.examples import REF, Schema

Named = dict[str, Schema]

NOBODY: Final[Schema] = {}


class Kinds(Struct, frozen=True):
    """The schema of each type that was asked for, and the components of all they contain."""

    schemas: list[Schema]
    named: Named

    def under(self, names: Mapping[str, str]) -> "Kinds":
        """The same with these components under their new names."""
        told = {names.get(name, name): renamed(each, names) for name, each in self.named.items()}
        return Kinds([renamed(each, names) for each in self.schemas], told)


def of(types: Iterable[Any]) -> Kinds:
    """The schemas of these types; that of None is NOBODY."""
    wanted = list(types)
    known = [each for each in wanted if each is not None]
    found, named = msgspec.json.schema_components(known, ref_template=REF + "{name}")
    for name, struct in structs_in(known).items():
        for field in struct.fields:
            say_instants(named[name]["properties"][field.encode_name], field.type)
    rest = iter(found)
    return Kinds([NOBODY if each is None else next(rest) for each in wanted], named)


def all_required(types: Iterable[Any], kinds: Kinds) -> Kinds:
    """The same where every field that is always encoded is required."""
    found = structs_in([each for each in types if each is not None])
    named = {
        name: one | {"required": list(one["properties"])}
        if name in found and not found[name].cls.__struct_config__.omit_defaults
        else one
        for name, one in kinds.named.items()
    }
    return Kinds(kinds.schemas, named)


def structs_in(types: Iterable[Any]) -> dict[str, StructType]:
    """The Structs of these types and those they contain, by name."""
    found: dict[str, StructType] = {}
    rest: list[Any] = [*inspect.multi_type_info(types)]
    while rest:
        each = rest.pop()
        if isinstance(each, tuple):
            rest += each
        elif isinstance(each, StructType):
            if each.cls.__name__ not in found:
                found[each.cls.__name__] = each
                rest += each.fields
        elif isinstance(each, inspect.Type | inspect.Field):
            rest += [getattr(each, name) for name in each.__struct_fields__]
    return found


def say_instants(schema: Schema, kind: inspect.Type) -> None:
    """Give the schema of a datetime its format: msgspec says it of those that must have an offset.

    All of ours have one, by invariant and not by annotation.
    """
    match kind:
        case inspect.Metadata():
            say_instants(schema, kind.type)
        case inspect.DateTimeType() if schema.get("type") == "string":
            schema["format"] = "date-time"
        case inspect.UnionType(types=types) if "anyOf" in schema:
            for each, one in product(schema["anyOf"], types):
                if isinstance(one, inspect.DateTimeType) and each.keys() == {"type"}:
                    say_instants(each, one)
        case inspect.CollectionType() if "items" in schema:
            say_instants(schema["items"], kind.item_type)
        case inspect.DictType() if "additionalProperties" in schema:
            say_instants(schema["additionalProperties"], kind.value_type)


def differing(answered: Named, asked: Named) -> set[str]:
    """The names of components that are not the same in both, or contain such."""
    both = answered.keys() & asked.keys()
    found = {name for name in both if answered[name] != asked[name]}
    while more := {name for name in both - found if references(answered[name]) & found}:
        found |= more
    return found


def references(part: Any) -> set[str]:  # noqa: ANN401 - any part of a document
    """The names of the components a schema refers to."""
    if isinstance(part, list):
        return {name for each in part for name in references(each)}
    if not isinstance(part, dict):
        return set()
    own = {part["$ref"].removeprefix(REF)} if "$ref" in part else set()
    return own.union(*(references(each) for each in part.values()))


def renamed(part: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401 - any part of a document
    """The same with references to these components by their new names."""
    if isinstance(part, list):
        return [renamed(each, names) for each in part]
    if not isinstance(part, dict):
        return part
    told = {key: renamed(each, names) for key, each in part.items()}
    if "$ref" in told:
        name = told["$ref"].removeprefix(REF)
        told["$ref"] = REF + names.get(name, name)
    if "mapping" in told.get("discriminator", {}):
        told["discriminator"]["mapping"] = {
            tag: REF + names.get(each.removeprefix(REF), each.removeprefix(REF))
            for tag, each in told["discriminator"]["mapping"].items()
        }
    return told


def tidied(answered: Named, asked: Named) -> Named:
    """The components of both, descriptions without their docstring's indent, without defaults.

    What is left out of a request is told in words; in an answer nothing is.
    """
    plain = {name: tidy(one, without_defaults_silently) for name, one in answered.items()}
    return plain | {name: tidy(one, without_defaults) for name, one in asked.items()}


def tidy(component: Schema, bare: Callable[[Schema], Schema]) -> Schema:
    """A component as `bare` leaves it; its `title` would repeat its name."""
    told = {key: each for key, each in bare(component).items() if key != "title"}
    return told | {"description": cleandoc(told["description"])} if "description" in told else told


def without_defaults_silently(component: Schema) -> Schema:
    """A component whose fields have no default."""
    if "properties" not in component:
        return component
    fields = {
        name: {key: value for key, value in each.items() if key != "default"}
        for name, each in component["properties"].items()
    }
    return component | {"properties": fields}


def enums(literals: Mapping[str, Any]) -> Named:
    """One component for each Literal."""
    return {
        name: {"type": "string", "enum": sorted(get_args(one))} for name, one in literals.items()
    }


def with_enums(part: Any, named: Named) -> Any:  # noqa: ANN401 - any part of a document
    """The same where values that are those of a Literal are a reference to its component."""
    if isinstance(part, list):
        return [with_enums(each, named) for each in part]
    if not isinstance(part, dict):
        return part
    told = {key: with_enums(each, named) for key, each in part.items()}
    values = told.get("enum")
    if not isinstance(values, list):
        return told
    words = sorted(each for each in values if each is not None)
    name = next((name for name, one in named.items() if one["enum"] == words), None)
    if name is None:
        return told
    rest = {key: each for key, each in told.items() if key not in {"enum", "type"}}
    one = {"$ref": REF + name}
    return rest | ({"anyOf": [one, {"type": "null"}]} if None in values else one)
