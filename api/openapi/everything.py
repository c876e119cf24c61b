"""The schema of every route, those of the screens included: Litestar's own, mended."""

from typing import Any

from litestar import Request
from litestar.openapi.plugins import JsonRenderPlugin

from api.openapi.document import in_json_schema


class FullSchema(JsonRenderPlugin):
    """Litestar's schema as JSON; its HTML pages would load scripts from a CDN."""

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        mended = in_json_schema(with_items_of_one_kind(openapi_schema))
        return super().render(request, mended)


def with_items_of_one_kind(schema: Any) -> Any:  # noqa: ANN401 - JSON
    """The schema where a list's entries are of its type only.

    Of a tuple[X, ...] with bounds Litestar 2.25 makes a list of "X or anything": it takes the
    ellipsis for a type of entries.
    """
    if isinstance(schema, list):
        return [with_items_of_one_kind(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    mended = {name: with_items_of_one_kind(each) for name, each in schema.items()}
    match mended.get("items"):
        case {"oneOf": [only, {**rest}]} if not rest:
            mended["items"] = only
    return mended
