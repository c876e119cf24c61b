"""The parameters that a route takes, read from its own signature: which are unknown, which wrong.

Litestar ignores query keys that no handler asks for, takes the last of those sent twice, and names
a wrong one as Python does (`from_`). Here a request is refused instead, with the name that was
sent, and every mistake in its parameters is told at once.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Annotated, Any, Final

import msgspec
from litestar.connection import ASGIConnection
from litestar.exceptions import ValidationException
from litestar.handlers.base import BaseRouteHandler
from litestar.params import ParameterKwarg
from litestar.typing import FieldDefinition
from msgspec import Meta, Struct

from policies.drafts.keys import pointer_to
from policies.house.shape import expected, shape_problems, without_none
from policies.words.message import Message, message

ANY_QUERY: Final = {"any_query": True}
"""`opt` of handlers that ignore query keys they do not know: a guest's link works with whatever a
messenger appends (utm_source, fbclid), Google's contract and RFC 6749 (3.2) ask for it."""

WRONG_QUERY: Final = "The query is not as it should be."
MOST_PARAMETERS: Final = 100
"""Of a query, whatever it asks for; and so many mistakes in it are told:"""
TOLD: Final = 20

BOUNDS: Final = ("gt", "ge", "lt", "le", "multiple_of", "pattern", "min_length", "max_length")

AnyConnection = ASGIConnection[Any, Any, Any, Any]
Mistake = dict[str, str | Message]


class Parameter(Struct, frozen=True):
    """A parameter by the name it is sent under; `kind`: its type with its bounds."""

    source: str
    name: str
    kind: Any
    required: bool
    many: bool


async def known_queries_only(connection: AnyConnection, _: BaseRouteHandler) -> None:
    """Guard of every route: 400 for a query key it does not know, or one sent twice."""
    query = connection.scope["query_string"]
    if query.count(b"&") >= MOST_PARAMETERS:
        said = message("parameters-too-many", most=MOST_PARAMETERS)
        too_many = {"source": "query", "pointer": "", "message": said}
        raise ValidationException(WRONG_QUERY, extra=[too_many])
    if not query or connection.route_handler.opt.get("any_query"):
        return
    known = {each.name: each for each in parameters_of(connection) if each.source == "query"}
    sent = connection.query_params.dict()
    if wrong := list(islice(wrong_keys(sent, known), TOLD)):
        raise ValidationException(WRONG_QUERY, extra=wrong)


def wrong_keys(sent: Mapping[str, list[Any]], known: Mapping[str, Parameter]) -> Iterator[Mistake]:
    names = ", ".join(sorted(known))
    for key, values in sent.items():
        if key not in known:
            one = message("parameter-unknown", known=names) if names else message("parameters-none")
            yield told("query", key, one)
        elif len(values) > 1 and not known[key].many:
            yield told("query", key, message("parameter-repeated", count=len(values)))


def wrong_parameters(connection: AnyConnection) -> list[Mistake]:
    """Every parameter that is missing or not of its type, in words."""
    found = ((each, wrong_value(each, connection)) for each in parameters_of(connection))
    return [told(each.source, each.name, said) for each, said in found if said]


def wrong_value(parameter: Parameter, connection: AnyConnection) -> Message | None:
    """What is wrong with a parameter, None where nothing is."""
    sent = value_sent(parameter, connection)
    if sent is None:
        wanted = expected(parameter.kind) if parameter.required else None
        return message("parameter-required", expected=wanted) if wanted else None
    try:
        msgspec.convert(sent, parameter.kind, strict=False, str_keys=True)
    except msgspec.ValidationError:
        return words_about(sent, parameter.kind)
    return None


def words_about(sent: object, kind: Any) -> Message:  # noqa: ANN401 - a type
    """The message about a text that is not of the type."""
    problems = shape_problems(sent, kind)
    return problems[0][1] if problems else message("value-expected", expected=expected(kind))


def value_sent(parameter: Parameter, connection: AnyConnection) -> object:
    """The value as it came, None where it did not."""
    name = parameter.name
    if parameter.source == "path":
        return connection.path_params.get(name)
    if parameter.source == "query":
        values = connection.query_params.dict().get(name)
        return values if parameter.many or not values else values[-1]
    places = {"header": connection.headers, "cookie": connection.cookies}
    return places[parameter.source].get(name)


def told(source: str, name: str, said: Message) -> Mistake:
    """One mistake, as the problem document takes it from an exception."""
    return {"source": source, "pointer": pointer_to(name[:200]), "message": said}


def parameters_of(connection: AnyConnection) -> tuple[Parameter, ...]:
    """The parameters of the request's route; read once per application."""
    known = connection.app.state.setdefault("parameters", {})
    key = (connection.scope["path_template"], connection.scope.get("method"))
    if key not in known:
        known[key] = tuple(parameters_in(connection.route_handler))
    found: tuple[Parameter, ...] = known[key]
    return found


def parameters_in(handler: BaseRouteHandler) -> Iterator[Parameter]:
    """The parameters of a handler and of the dependencies it uses."""
    provided, used = handler.resolve_dependencies(), set[str]()
    waiting = [handler.parsed_fn_signature]
    while waiting:
        for name, field in waiting.pop().parameters.items():
            if name in used:
                continue
            used.add(name)
            if name in provided:
                waiting.append(provided[name].parsed_fn_signature)
            elif isinstance(field.kwarg_definition, ParameterKwarg):
                yield parameter_of(field, field.kwarg_definition)


def parameter_of(field: FieldDefinition, said: ParameterKwarg) -> Parameter:
    named = ((name, getattr(said, name)) for name in BOUNDS)
    bounds = {name: value for name, value in named if value is not None}
    kind = without_none(field.raw)
    return Parameter(
        source=said.param_type.value,
        name=said.name or field.name,
        kind=Annotated[kind, Meta(**bounds)] if bounds else kind,
        required=field.is_required and not field.has_default,
        many=field.is_non_string_sequence,
    )
