"""The far side of a bridge: loads one C library and calls its functions as it is told. Standard library only.

    python child.py FD LIBRARY

Both ways over the socket FD: four bytes of length (big-endian), then JSON. A request is
`{"n": 1, "call": "iReadCardBas", "returns": "long", "arguments": [3, {"out": 8192}]}`; an argument is an integer (C
`int`), a text in Base64 with a NUL put behind it, or a buffer for the library to write into. The answer is `{"n": 1,
"returned": 0, "outs": ["…"]}`, each buffer up to its first NUL in Base64, or `{"n": 1, "error": "…"}`; for `"returns":
"text"` (`char*`) what is returned is Base64 too. What a call leaves in memory
goes with the next one's buffers or with the process; what the library prints goes nowhere.
"""

from __future__ import annotations

import base64
import ctypes
import json
import os
import resource
import select
import socket
import sys
import threading
from typing import Any

# Libraries have been seen to write beyond what they promise; as much again is theirs before memory is another's.
_MARGIN = 2
_LONGEST_REQUEST = 262_144


class _CannotCallError(Exception):
    """No such library or function, or a request that is none."""


def main() -> None:
    channel = socket.socket(fileno=int(sys.argv[1]))
    _be_quiet()
    threading.Thread(target=_live_no_longer_than, args=(channel,), daemon=True).start()
    library: ctypes.CDLL | None = None
    while True:
        head = _exactly(channel, 4)
        size = int.from_bytes(head, "big")
        if size > _LONGEST_REQUEST:
            return
        request = json.loads(_exactly(channel, size))
        answer: dict[str, Any] = {"n": request["n"]}
        try:
            library = library or _load(sys.argv[2])
            answer |= _call(library, request)
        except _CannotCallError as problem:
            answer["error"] = str(problem)
        body = json.dumps(answer).encode()
        channel.sendall(len(body).to_bytes(4, "big") + body)


def _be_quiet() -> None:
    """No core file, which would hold what was read, and no voice."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    nowhere = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(nowhere, fd)


def _live_no_longer_than(channel: socket.socket) -> None:
    """End with the kiosk, also while the library hangs: ctypes lets other threads run during a call."""
    far_end = select.poll()
    far_end.register(channel, select.POLLRDHUP)
    far_end.poll()
    os._exit(0)


def _exactly(channel: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        piece = channel.recv(size - len(data))
        if not piece:
            sys.exit(0)
        data += piece
    return data


def _load(path: str) -> ctypes.CDLL:
    try:
        return ctypes.CDLL(path)
    except OSError as error:
        raise _CannotCallError("the library cannot be loaded") from error


def _call(library: ctypes.CDLL, request: dict[str, Any]) -> dict[str, Any]:
    try:
        function = getattr(library, request["call"])
    except AttributeError as error:
        raise _CannotCallError("the library has no such function") from error
    function.restype = ctypes.c_char_p if request["returns"] == "text" else ctypes.c_long
    outs: list[Any] = []
    arguments: list[Any] = []
    for given in request["arguments"]:
        match given:
            case int():
                arguments.append(ctypes.c_int(given))
            case str():
                arguments.append(ctypes.c_char_p(base64.b64decode(given)))
            case {"out": int(size)}:
                outs.append(ctypes.create_string_buffer(size * _MARGIN))
                arguments.append(outs[-1])
            case _:
                raise _CannotCallError("an argument of no known kind")
    returned = function(*arguments)
    if not isinstance(returned, int):
        returned = base64.b64encode(returned or b"").decode()
    return {"returned": returned, "outs": [base64.b64encode(out.value).decode() for out in outs]}


if __name__ == "__main__":
    main()
