"""What is wrong in a settings file, one sentence a key, in the words of whoever has to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

_Path = Sequence[int | str]

_KINDS = {
    "string": "文字，写在引号里 · text, in quotes",
    "int": "整数，不加引号 · a whole number, no quotes",
    "float": "数字，不加引号 · a number, no quotes",
    "bool": " true 或 false，不加引号 · true or false, no quotes",
    "list": "[…] 里的一列 · a list in [ ]",
    "tuple": "[…] 里的一列 · a list in [ ]",
    "dict": "一节 · a section",
    "model": "一节 · a section",
}
_LIMITS = {
    "greater_than_equal": ("ge", "至少 {} · at least {}"),
    "greater_than": ("gt", "要大于 {} · more than {}"),
    "less_than_equal": ("le", "最多 {} · at most {}"),
    "less_than": ("lt", "要小于 {} · less than {}"),
    "string_too_long": ("max_length", "最多 {} 个字 · at most {} characters"),
    "string_too_short": ("min_length", "至少 {} 个字 · at least {} characters"),
    "string_pattern_mismatch": ("pattern", "要符合 {} · must match {}"),
    "too_short": ("min_length", "至少要有 {} 项 · at least {} of them"),
    "too_long": ("max_length", "最多 {} 项 · at most {} of them"),
}
_CHOICES = frozenset({"literal_error", "enum"})
_ADDRESS = "^https://"


def corrections(problem: ValidationError, model: type[BaseModel]) -> Iterator[str]:
    """`key: what it should be`, for each key at fault; a value is never repeated, for it may be a secret.

    A key that nobody knows is held against those that stand beside it in `model`: most are slips of the pen.
    """
    errors = problem.errors(include_input=False, include_url=False)
    for error in errors:
        path = error["loc"]
        if error["type"] == "too_short" and any(other["loc"][: len(path)] == path != other["loc"] for other in errors):
            continue  # one that was refused is not missing
        told = _unknown(path, model) if error["type"] == "extra_forbidden" else _told(error)
        yield f"{'.'.join(str(part) for part in path)}: {told}"


def _told(error: Mapping[str, Any]) -> str:
    kind, context = str(error["type"]), error.get("ctx", {})
    if kind == "missing":
        return "缺这一项 · missing"
    if kind in _CHOICES:
        choices = str(context["expected"])
        return f"只能是 {choices.replace(', ', '、').replace(' or ', ' 或 ')} · one of {choices}"
    if kind == "string_pattern_mismatch" and str(context["pattern"]).startswith(_ADDRESS):
        return "要写 https:// 开头的地址 · an address that begins with https://"
    if kind in _LIMITS:
        key, words = _LIMITS[kind]
        return words.replace("{}", str(context[key]))
    if kind == "value_error":
        return str(context["error"])
    wanted = _KINDS.get(kind.partition("_")[0])
    return f"要写成{wanted}" if wanted else str(error["msg"])


def _unknown(path: _Path, model: type[BaseModel]) -> str:
    near = difflib.get_close_matches(str(path[-1]), _keys_at(path[:-1], model), n=1)
    return f"没有这个键，是不是 {near[0]} · no such key; {near[0]}?" if near else "没有这个键 · no such key"


def _keys_at(path: _Path, model: type[BaseModel]) -> list[str]:
    """The keys that may stand in the section at `path`; none where the way there is not told by models."""
    place: object = model
    for part in path:
        place = _inner(place, part)
    return list(place.model_fields) if isinstance(place, type) and issubclass(place, BaseModel) else []


def _inner(place: object, part: int | str) -> object:
    """What stands under `part`: the kind of a field, or of each entry of a table or list."""
    if isinstance(place, type) and issubclass(place, BaseModel):
        field = place.model_fields.get(str(part))
        return _without_none(field.annotation) if field else None
    return _without_none(get_args(place)[-1]) if get_origin(place) in (dict, list) else None


def _without_none(kind: object) -> object:
    """`X` of `X | None`: a section that may be left out."""
    kinds = [each for each in get_args(kind) if each is not type(None)]
    return kinds[0] if len(kinds) == 1 and get_origin(kind) not in (dict, list) else kind
