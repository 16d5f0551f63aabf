"""Looks into an output before it is believed to have any shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast


def node(tree: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The object under `name`; {} when there is none."""
    return _object(tree.get(name))


def first_node(tree: Mapping[str, Any]) -> dict[str, Any]:
    """The first object of an input or output: `data`, `setlinfo`, `baseinfo`; {} when the first thing is no object."""
    return _object(next(iter(tree.values()), None))


def _object(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}
