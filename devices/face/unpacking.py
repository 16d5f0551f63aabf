"""Unpacks the weights of a quantised ONNX model once, at the installation, instead of at every start.

The file that is fetched holds each weight in eight bits with a scale for each block, and a node (DequantizeLinear) that
multiplies them; OpenCV does so each time it reads the file, value by value, and that is four fifths of the reading. The
copy made here holds the products as halves (IEEE 754 binary16), which OpenCV widens in one stroke. Only what is needed
of ONNX is read: protobuf's wire format, and tensors as raw bytes (onnx.proto3).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.generic]

_GRAPH, _NODE, _INITIALIZER = 7, 1, 5
_ATTRIBUTE_NAME, _ATTRIBUTE_INT = 1, 3
_DIMS, _TYPE, _NAME, _RAW = 1, 2, 8, 9
_TYPES: Final = {1: np.float32, 2: np.uint8, 3: np.int8}
_FLOAT, _HALF = 1, 10
_VARINT, _BYTES = 0, 2
_FIXED: Final = {1: 8, 5: 4}
_SMALL = 4096
"""Values up to which nothing is gained by halves."""


def unpacked(model: bytes) -> bytes:
    """The same model with its weights multiplied out; always the same bytes for the same model.

    ValueError for a file that is no such model.
    """
    parts = [part.whole if part.number != _GRAPH else _field(_GRAPH, _graph(part.content)) for part in _parts(model)]
    return b"".join(parts)


class _Wire(IntEnum):
    """The fields of a node (NodeProto)."""

    INPUT = 1
    OUTPUT = 2
    OP = 4
    ATTRIBUTE = 5


@dataclass(frozen=True, slots=True)
class _Part:
    """One field of a protobuf message: its number, what is in it, and its bytes as they stood."""

    number: int
    content: bytes
    value: int
    whole: bytes


@dataclass(slots=True)
class _Node:
    op: str = ""
    inputs: list[str] = field(default_factory=list[str])
    outputs: list[str] = field(default_factory=list[str])
    numbers: dict[str, int] = field(default_factory=dict[str, int])


def _graph(content: bytes) -> bytes:
    parts = list(_parts(content))
    tensors = {_name(part.content): part.content for part in parts if part.number == _INITIALIZER}
    nodes = [(_node(part.content), part) for part in parts if part.number == _NODE]
    packed = [node for node, _ in nodes if node.op == "DequantizeLinear" and set(node.inputs) <= set(tensors)]
    spent = {name for node in packed for name in node.inputs}
    still = {name for node, _ in nodes if node not in packed for name in node.inputs}
    made = [_field(_INITIALIZER, _tensor(node.outputs[0], _product(node, tensors))) for node in packed]
    gone = {id(part) for node, part in nodes if node in packed}
    gone |= {id(part) for part in parts if part.number == _INITIALIZER and _name(part.content) in spent - still}
    return b"".join([*(part.whole for part in parts if id(part) not in gone), *made])


def _product(node: _Node, tensors: dict[str, bytes]) -> NDArray[np.float32]:
    """(quantised - zero) x scale, the scale for the whole, for each row, or for each block (ONNX operators, 21)."""
    values, scale, *zeros = (_array(tensors[name]) for name in node.inputs)
    zero = zeros[0] if zeros else np.zeros_like(scale)
    axis, block = node.numbers.get("axis", 1), node.numbers.get("block_size", 0)
    if block:
        scale, zero = (np.repeat(each, block, axis).take(range(values.shape[axis]), axis) for each in (scale, zero))
    elif scale.size > 1:
        shape = [1] * values.ndim
        shape[axis] = -1
        scale, zero = scale.reshape(shape), zero.reshape(shape)
    product = (values.astype(np.float32) - zero.astype(np.float32)) * scale.astype(np.float32)
    return np.asarray(product, np.float32)


def _node(content: bytes) -> _Node:
    node = _Node()
    for part in _parts(content):
        match part.number:
            case _Wire.INPUT:
                node.inputs.append(part.content.decode())
            case _Wire.OUTPUT:
                node.outputs.append(part.content.decode())
            case _Wire.OP:
                node.op = part.content.decode()
            case _Wire.ATTRIBUTE:
                told = {each.number: each for each in _parts(part.content)}
                if _ATTRIBUTE_INT in told:
                    node.numbers[told[_ATTRIBUTE_NAME].content.decode()] = told[_ATTRIBUTE_INT].value
            case _:
                pass
    return node


def _name(tensor: bytes) -> str:
    return next((part.content.decode() for part in _parts(tensor) if part.number == _NAME), "")


def _array(tensor: bytes) -> Array:
    shape: list[int] = []
    kind, raw = 0, b""
    for part in _parts(tensor):
        if part.number == _DIMS:
            shape += list(_numbers(part.content)) if part.content else [part.value]
        elif part.number == _TYPE:
            kind = part.value
        elif part.number == _RAW:
            raw = part.content
    if kind not in _TYPES or not raw:
        raise ValueError(f"{_name(tensor)}: a tensor of type {kind} without raw bytes")
    return np.frombuffer(raw, _TYPES[kind]).reshape(shape)


def _tensor(name: str, values: NDArray[np.float32]) -> bytes:
    half = values.size > _SMALL
    raw = values.astype("<f2" if half else "<f4").tobytes()
    dims = b"".join(_number(_DIMS << 3) + _number(size) for size in values.shape)
    kind = _number(_TYPE << 3) + _number(_HALF if half else _FLOAT)
    return dims + kind + _field(_NAME, name.encode()) + _field(_RAW, raw)


def _parts(message: bytes) -> Iterator[_Part]:
    at = 0
    while at < len(message):
        began = at
        tag, at = _read(message, at)
        number, wire, value, content = tag >> 3, tag & 7, 0, b""
        if wire == _VARINT:
            value, at = _read(message, at)
        elif wire == _BYTES or wire in _FIXED:
            size, at = _read(message, at) if wire == _BYTES else (_FIXED[wire], at)
            content, at = message[at : at + size], at + size
        else:
            raise ValueError(f"no protobuf at {began}")
        if at > len(message):
            raise ValueError("the message ends too soon")
        yield _Part(number, content, value, message[began:at])


def _read(message: bytes, at: int) -> tuple[int, int]:
    """A varint, and where it ends."""
    value = shift = 0
    while True:
        if at >= len(message):
            raise ValueError("the message ends too soon")
        value |= (message[at] & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if message[at - 1] < 0x80:
            return value, at


def _numbers(packed: bytes) -> Iterator[int]:
    at = 0
    while at < len(packed):
        value, at = _read(packed, at)
        yield value


def _number(value: int) -> bytes:
    written = bytearray()
    while value > 0x7F:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*written, value])


def _field(number: int, content: bytes) -> bytes:
    return _number(number << 3 | _BYTES) + _number(len(content)) + content
