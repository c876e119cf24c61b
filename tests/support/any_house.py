"""Houses of any shape, for Hypothesis: made from the Structs, so a new field comes by itself."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import inspect

from policies.drafts.documents import document_of
from policies.house.house import House

SHORT = 2
"""Entries of a list at most, where its type allows."""


def any_house() -> st.SearchStrategy[House]:
    """Houses of the right shape; they may contradict themselves."""
    raw = _value(inspect.type_info(House))
    return raw.map(lambda found: msgspec.convert(found, House, strict=False))


def any_document() -> st.SearchStrategy[dict[str, Any]]:
    """The documents of such houses."""
    return any_house().map(document_of)


def _value(kind: inspect.Type) -> st.SearchStrategy[Any]:  # noqa: C901, PLR0911, PLR0912 - one line a kind
    match kind:
        case inspect.StructType():
            return _struct(kind)
        case inspect.UnionType():
            return st.one_of(*map(_value, kind.types))
        case inspect.LiteralType():
            return st.sampled_from(kind.values)
        case inspect.VarTupleType():
            most = min(kind.max_length or SHORT, max(SHORT, kind.min_length or 0))
            return st.lists(_value(kind.item_type), min_size=kind.min_length or 0, max_size=most)
        case inspect.FrozenSetType():
            return st.lists(_value(kind.item_type), max_size=SHORT, unique=True)
        case inspect.DictType():
            return st.dictionaries(st.text(max_size=4), _value(kind.value_type), max_size=SHORT)
        case inspect.StrType():
            return _text(kind)
        case inspect.IntType():
            step = kind.multiple_of or 1
            least, most = kind.ge or 0, kind.le or 100
            return st.integers(-(-least // step), most // step).map(lambda number: number * step)
        case inspect.FloatType():
            return st.floats(kind.ge, kind.le)
        case inspect.BoolType():
            return st.booleans()
        case inspect.NoneType():
            return st.none()
        case inspect.TimeType():
            return st.times().map(lambda clock: clock.isoformat())
        case inspect.DateType():
            return st.dates(date(2026, 1, 1), date(2027, 1, 5)).map(lambda day: day.isoformat())
        case _:
            raise NotImplementedError(kind)


def _struct(kind: inspect.StructType) -> st.SearchStrategy[dict[str, Any]]:
    needed = {each.name: _value(each.type) for each in kind.fields if each.required}
    more = {each.name: _value(each.type) for each in kind.fields if not each.required}
    return st.fixed_dictionaries(needed, optional=more)


def _text(kind: inspect.StrType) -> st.SearchStrategy[str]:
    if kind.pattern:
        return st.from_regex(kind.pattern.replace("$", r"\Z"))
    return st.text(min_size=kind.min_length or 0, max_size=min(kind.max_length or 12, 12))
