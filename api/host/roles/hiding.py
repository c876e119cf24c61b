"""Answers of the stand without what the role of whoever asks may not read."""

from typing import Any, Final

import msgspec
from litestar import Request, Response
from litestar.response.base import ASGIResponse

from policies.access.rights import hidden_from

OF_THE_HOUSE: Final = frozenset({"venue"})
"""Whose telephone everybody may know."""


class ForRole(Response[Any]):
    """An answer of a handler, whose hidden fields are empty. Of a `Response` that a handler makes
    itself nothing is hidden (tests/api/host/test_roles.py)."""

    def to_asgi_response(
        self,
        app: Any,  # noqa: ANN401 - as Litestar has it
        request: Request[Any, Any, Any],
        **more: Any,  # noqa: ANN401 - as Litestar has it
    ) -> ASGIResponse:
        hidden = hidden_from(request.user.role)
        if hidden:
            self.content = without(msgspec.to_builtins(self.content), hidden)
        return super().to_asgi_response(app, request, **more)


def without(told: Any, hidden: frozenset[str]) -> Any:  # noqa: ANN401 - JSON
    """The same with these fields empty: texts, lists and counts of nothing."""
    if isinstance(told, list | tuple):
        return [without(each, hidden) for each in told]
    if not isinstance(told, dict):
        return told
    return {
        key: emptied(each)
        if key in hidden
        else each
        if key in OF_THE_HOUSE
        else without(each, hidden)
        for key, each in told.items()
    }


def emptied(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Nothing of the same kind."""
    return None if value is None else type(value)()
