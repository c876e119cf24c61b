"""The OpenAPI 3.1 document of /host, /manage and /live, from which the screens have their types.

`python -m scripts.wire` prints it, without a server or a database. Types are msgspec's of
the handlers' annotations, so they are those of what is encoded and decoded:

- every field of an answer is required: msgspec leaves none out (of a Struct with `omit_defaults`
  those without a default). So TypeScript has no `| undefined` there; what is missing is `null`.
- the fields of a request without a default are required. A default is told in words only, because
  openapi-typescript takes a field with one for a field that is always there.
- a Struct of both that differs by this has two components: `Table` is what is answered,
  `TableInput` what may be sent.
- the values of a Literal in screen_types.ENUMS are a component of that name.
- every refusal, whatever its status, is a StaffProblem (`default`).
"""

from collections.abc import Iterator
from inspect import getdoc
from typing import Any, Final, get_args, get_origin

from litestar import Litestar, Response
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute
from msgspec import Struct

from api.http.access import CSRF_HEADER
from api.http.cookies import SESSION_COOKIE
from api.http.problems import MEDIA_TYPE
from api.openapi import components
from api.openapi.document import JSON, in_json_schema, parameters_of
from api.openapi.examples import REF, Schema
from api.openapi.screen_types import ENUMS, WIRE_NAMES, LiveEvent, StaffProblem

PATHS: Final = ("/host/", "/manage/", "/live/")
INPUT: Final = "Input"
TEXTS: Final = (str, bytes)
STREAM: Final = "text/event-stream"
INFO: Final = {
    "title": "Maitred for its own screens",
    "version": "1",
    "description": "The routes of the host stand and of managers; they change with the screens.",
}
SESSION: Final[list[Schema]] = [{"session": []}]
SECURITY: Final = {
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": SESSION_COOKIE,
        "description": f"What changes something carries {CSRF_HEADER} too, which the login gave.",
    }
}
REFUSED: Final = {
    "description": "Refused; `code` says why.",
    "content": {MEDIA_TYPE: {"schema": {"$ref": REF + StaffProblem.__name__}}},
}


class Route(Struct, frozen=True):
    """A handler with its path and method."""

    path: str
    method: str
    handler: HTTPRouteHandler

    @property
    def body(self) -> Any:  # noqa: ANN401 - a type
        data = self.handler.parsed_fn_signature.parameters.get("data")
        return data.annotation if data else None

    @property
    def streams(self) -> bool:
        return self.handler.media_type == STREAM

    @property
    def says(self) -> Any:  # noqa: ANN401 - a type
        """What the handler returns or puts into its Response."""
        if self.streams:
            return LiveEvent
        found = self.handler.parsed_fn_signature.return_type.annotation
        return get_args(found)[0] if get_origin(found) is Response else found

    @property
    def answer(self) -> Any:  # noqa: ANN401 - a type
        """What the answer is the JSON of; None if it is none."""
        return None if self.says in {type(None), *TEXTS} else self.says


def screens_document(app: Litestar) -> Schema:
    """Build the document of `app`."""
    routes = list(routes_of(app))
    kinds = [*(each.answer for each in routes), StaffProblem]
    answers = components.all_required(kinds, components.of(kinds))
    bodies = components.of([each.body for each in routes])
    both = components.differing(answers.named, bodies.named)
    inputs = {name: WIRE_NAMES.get(name, name) + INPUT for name in both}
    answers, bodies = answers.under(WIRE_NAMES), bodies.under(WIRE_NAMES | inputs)
    literals = components.enums(ENUMS)
    named = components.with_enums(components.tidied(answers.named, bodies.named), literals)
    parameters = parameters_of(app)
    paths: dict[str, Schema] = {}
    for route, answer, body in zip(routes, answers.schemas, bodies.schemas, strict=False):
        told = operation(route, answer, body)
        told["parameters"] = parameters[route.path, route.method]
        paths.setdefault(route.path, {})[route.method] = told
    built = {
        "openapi": "3.1.0",
        "info": INFO,
        "servers": [{"url": "/", "description": "This server."}],
        "paths": components.with_enums(paths, literals),
        "components": {
            "schemas": dict(sorted((named | literals).items())),
            "securitySchemes": SECURITY,
        },
    }
    return dict(in_json_schema(built))


def routes_of(app: Litestar) -> Iterator[Route]:
    """The handlers of the routes in PATHS, by path and method."""
    for route in sorted(app.routes, key=lambda each: each.path):
        if isinstance(route, HTTPRoute) and route.path.startswith(PATHS):
            for method, (handler, _) in sorted(route.route_handler_map.items()):
                if method != "OPTIONS":
                    yield Route(route.path_format, method.lower(), handler)


def operation(route: Route, answer: Schema, body: Schema) -> Schema:
    """One operation object, without its parameters."""
    summary, _, more = (getdoc(route.handler.fn) or "").partition("\n")
    told: Schema = {
        "tags": sorted(route.handler.resolve_tags()),
        "summary": summary.rstrip("."),
        **({"description": more.strip()} if more else {}),
        "security": [{}] if route.handler.opt.get("exclude_from_auth") else SESSION,
        "responses": {str(route.handler.status_code): answer_of(route, answer), "default": REFUSED},
    }
    if body:
        told["requestBody"] = {"required": True, "content": {JSON: {"schema": body}}}
    return told


def answer_of(route: Route, answer: Schema) -> Schema:
    """The response object of what is no refusal; of a stream, what the data of each event is."""
    if route.says in TEXTS:
        content = {"text/plain": {"schema": {"type": "string"}}}
    elif answer:
        content = {STREAM if route.streams else JSON: {"schema": answer}}
    else:
        return {"description": "Done."}
    return {"description": "Done.", "content": content}
