"""`dataclasses.replace` for records of many fields of which each fact changes two or three.

The library's sets every field anew, forty-six for an entry, for every fact that is folded: a third of the time of all
that is played through the saga went there. Checkers see the library's function, which they know the fields of.
"""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING, Any

__all__ = ["replace"]

if TYPE_CHECKING:
    from dataclasses import replace
else:

    def replace(record: Any, /, **values: Any) -> Any:
        known = _plain_fields(type(record))
        if known is None or not values.keys() <= known:
            return dataclasses.replace(record, **values)  # which says what is wrong
        made = object.__new__(type(record))
        made.__dict__.update(record.__dict__)
        made.__dict__.update(values)
        return made


@functools.cache
def _plain_fields(kind: type[Any]) -> frozenset[str] | None:
    """Of a record that is nothing but its fields; None for one that checks them when it is made, or has slots."""
    fields = dataclasses.fields(kind)
    checks = hasattr(kind, "__post_init__") or not all(field.init for field in fields)
    slots = any("__slots__" in one.__dict__ for one in kind.__mro__[:-1])
    return None if checks or slots else frozenset(field.name for field in fields)
