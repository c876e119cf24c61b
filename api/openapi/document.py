"""Builds the OpenAPI 3.1 document of what booking sites and tills use, from the handlers.

The schemas are msgspec's, of the types that are decoded and encoded.
"""

from collections.abc import Iterator
from inspect import getdoc
from typing import Any, Final

import msgspec
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from litestar.routes import HTTPRoute
from litestar.serialization import decode_json, encode_json
from msgspec import Struct

from api.http.access import ScopeGuard
from api.http.described import Problem, problem_example, problem_specs
from api.http.oauth import TokenAnswer, TokenProblem, token
from api.openapi.examples import REF, Schema, example_of
from api.openapi.prose import HEADERS, INFO, SECURITY, TAGS
from policies.words.letters import in_ecmascript

PUBLIC_PATHS: Final = ("/v1/", "/oauth/", "/healthz", "/readyz")
JSON: Final = "application/json"
FORM: Final = "application/x-www-form-urlencoded"
# Statuses of a request body that is refused before its handler runs.
BODY_STATUSES: Final = (408, 413, 415)


class Operation(Struct, frozen=True):
    """One handler with its path and method."""

    path: str
    method: str
    handler: HTTPRouteHandler

    @property
    def answers(self) -> dict[int, ResponseSpec]:
        declared = dict(self.handler.responses or {})
        of_bodies = (
            problem_specs(*BODY_STATUSES) if self.body and Problem in types_in(declared) else {}
        )
        return dict(sorted((of_bodies | declared).items()))

    @property
    def body(self) -> Any:  # noqa: ANN401 - a type
        data = self.handler.parsed_fn_signature.parameters.get("data")
        return data.annotation if data else None

    @property
    def scopes(self) -> list[str]:
        return [each.scope for each in self.handler.guards or () if isinstance(each, ScopeGuard)]

    @property
    def is_open(self) -> bool:
        return bool(self.handler.opt.get("exclude_from_auth"))


def document(app: Litestar) -> Schema:
    """The document of the routes in PUBLIC_PATHS; built once per application."""
    if app.state.get("document") is None:
        app.state.document = build_document(app)
    built: Schema = app.state.document
    return built


def encoded_document(app: Litestar) -> bytes:
    """The document as JSON: one object in memory, however many are slow to read it."""
    if app.state.get("encoded_document") is None:
        app.state.encoded_document = encode_json(document(app))
    encoded: bytes = app.state.encoded_document
    return encoded


def build_document(app: Litestar) -> Schema:
    """Build the document."""
    found = [*operations(app)]
    named = schemas({each for one in found for each in {*types_in(one.answers), one.body} if each})
    parameters = parameters_of(app)
    paths: dict[str, Schema] = {}
    for one in found:
        operation = operation_object(one, parameters[one.path, one.method], named)
        paths.setdefault(one.path, {})[one.method] = operation
    built = {
        "openapi": "3.1.0",
        "info": INFO,
        "servers": [{"url": app.state.settings.public_url or "/", "description": "This server."}],
        "tags": [each for each in TAGS if each["name"] in tags_in(paths)],
        "paths": paths,
        "components": {
            "schemas": {name: without_defaults(each) for name, each in named.items()},
            "securitySchemes": SECURITY,
            "headers": HEADERS,
        },
    }
    return dict(in_json_schema(built))


def in_json_schema(part: Any) -> Any:  # noqa: ANN401 - any part of a document
    """The same with patterns as JSON Schema writes them."""
    if isinstance(part, list):
        return [in_json_schema(each) for each in part]
    if not isinstance(part, dict):
        return part
    return {
        name: in_ecmascript(each)
        if name == "pattern" and isinstance(each, str)
        else in_json_schema(each)
        for name, each in part.items()
    }


def operations(app: Litestar) -> Iterator[Operation]:
    """The handlers of the routes in PUBLIC_PATHS, ordered by path."""
    for route in sorted(app.routes, key=lambda each: each.path):
        if isinstance(route, HTTPRoute) and route.path.startswith(PUBLIC_PATHS):
            for method, (handler, _) in sorted(route.route_handler_map.items()):
                if handler.resolve_include_in_schema() and method != "OPTIONS":
                    yield Operation(route.path_format, method.lower(), handler)


def types_in(said: dict[int, ResponseSpec]) -> set[Any]:
    return {spec.data_container for spec in said.values() if spec.data_container not in {str, None}}


def tags_in(paths: dict[str, Schema]) -> set[str]:
    return {tag for path in paths.values() for each in path.values() for tag in each["tags"]}


def schemas(types: set[Any]) -> dict[str, Schema]:
    """`components/schemas`: these types and all types they contain, by name."""
    ordered = sorted(types, key=lambda each: str(each.__name__))
    return msgspec.json.schema_components(ordered, ref_template=REF + "{name}")[1]


def without_defaults(component: Schema) -> Schema:
    """Say in words what a field is where it is left out.

    For openapi-typescript a field with a `default` is always there, so its clients had to send
    every field of a request.
    """
    if "properties" not in component:
        return component
    fields = component["properties"].items()
    return component | {"properties": {name: without_default(each) for name, each in fields}}


def without_default(field: Schema) -> Schema:
    kept = {key: value for key, value in field.items() if key != "default"}
    default = field.get("default")
    if default and not isinstance(default, dict | list):
        words = f"{field.get('description', '')} `{default}` where it is left out."
        kept["description"] = words.strip()
    return kept


def parameters_of(app: Litestar) -> dict[tuple[str, str], list[Schema]]:
    """The path, query and header parameters as Litestar documents them, by path and method."""
    whole = decode_json(encode_json(app.openapi_schema.to_schema(), serializer=str))
    return {
        (path, method): [parameter(each) for each in operation.get("parameters", [])]
        for path, methods in whole["paths"].items()
        for method, operation in methods.items()
    }


def parameter(documented: Schema) -> Schema:
    """One parameter, without null (a URL has none) and with integer bounds."""
    schema = dict(documented["schema"])
    choices = [each for each in schema.pop("oneOf", []) if each.get("type") != "null"]
    schema |= choices[0] if choices else {}
    for bound in ("minimum", "maximum"):
        if bound in schema and schema["type"] == "integer":
            schema[bound] = int(schema[bound])
    schema = {key: value for key, value in schema.items() if value is not None}
    result = {key: documented[key] for key in ("name", "in", "description") if key in documented}
    return result | {"required": documented["required"], "schema": schema}


def operation_object(one: Operation, parameters: list[Schema], named: dict[str, Schema]) -> Schema:
    """One operation object, with examples of its parameters and bodies."""
    words = getdoc(one.handler.fn) or ""
    summary = words.partition("\n")[0].rstrip(".")
    operation: Schema = {
        "tags": sorted(one.handler.resolve_tags()),
        "summary": summary,
        "description": words,
        "operationId": one.handler.operation_id,
        "security": security(one),
        "parameters": [each | {"example": example_in(each, named)} for each in parameters],
        "responses": {
            str(status): response_object(one, status, spec, named)
            for status, spec in one.answers.items()
        },
    }
    if one.body:
        media_type = FORM if one.handler.fn is token.fn else JSON
        operation["requestBody"] = {
            "required": True,
            "content": content(media_type, one.body, named),
        }
    return operation


def security(one: Operation) -> list[dict[str, list[str]]]:
    if one.handler.fn is token.fn:
        return [{"client": []}, {}]
    return [] if one.is_open else [{"token": one.scopes}]


def example_in(said: Schema, named: dict[str, Schema]) -> Any:  # noqa: ANN401
    return example_of(said["schema"], named, said["name"])


def response_object(
    one: Operation, status: int, spec: ResponseSpec, named: dict[str, Schema]
) -> Schema:
    """One response object: description, headers, content with an example."""
    response: Schema = {"description": spec.description, "headers": headers(one, status, spec)}
    if spec.data_container is Problem:
        return response | {"content": problem_content(status, spec)}
    if spec.data_container is TokenProblem or spec.data_container is TokenAnswer:
        return response | {"content": content(JSON, spec.data_container, named)}
    if spec.data_container is str:
        example = spec.examples[0].value if spec.examples else ""
        text = {"type": "string", "maxLength": 20_000}
        return response | {"content": {str(spec.media_type): {"schema": text, "example": example}}}
    if spec.data_container is None:
        return response
    return response | {"content": content(JSON, spec.data_container, named)}


def headers(one: Operation, status: int, spec: ResponseSpec) -> Schema:
    names = [] if one.is_open else ["RateLimit-Policy", "RateLimit"]
    if status in {429, 503}:
        names.append("Retry-After")
    if status == 401:
        names.append("WWW-Authenticate")
    if status < 300 and "version" in getattr(spec.data_container, "__struct_fields__", ()):
        names.append("ETag")
    if status == 201:
        names.append("Location")
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def problem_content(status: int, spec: ResponseSpec) -> Schema:
    shown = {"schema": {"$ref": REF + "Problem"}, "example": problem_example(status)}
    return {str(spec.media_type): shown}


def content(media_type: str, what: Any, named: dict[str, Schema]) -> Schema:  # noqa: ANN401
    """The content of a body, with the type's EXAMPLE or one made from its fields."""
    ref = {"$ref": REF + what.__name__}
    example = getattr(what, "EXAMPLE", None) or example_of(ref, named)
    return {media_type: {"schema": ref, "example": example}}
