"""The Allow header of OPTIONS: Litestar's own lists only the first handler of a path."""

from collections.abc import Mapping
from typing import Final

from litestar import Litestar
from litestar.datastructures import MutableScopeHeaders
from litestar.routes import HTTPRoute
from litestar.types import Message, Scope

RESPONSE_START: Final = "http.response.start"


def allow_headers(app: Litestar) -> Mapping[str, str]:
    """The Allow header by path template."""
    return {
        route.path_format: ", ".join(sorted(route.route_handler_map))
        for route in app.routes
        if isinstance(route, HTTPRoute)
    }


async def add_allow_header(message: Message, scope: Scope) -> None:
    """Set Allow on an answer to OPTIONS."""
    if message["type"] != RESPONSE_START or scope.get("method") != "OPTIONS":
        return
    methods: Mapping[str, str] = scope["litestar_app"].state.allowed
    if found := methods.get(scope.get("path_template", "")):
        MutableScopeHeaders.from_message(message)["Allow"] = found
