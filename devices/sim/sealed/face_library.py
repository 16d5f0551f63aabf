"""A bridge process with a simulated terminal's library in it: speaks as `devices/bridge/child.py` does.

    python -m devices.sim.sealed.face_library FD SOCKET

`NationEcTrans` goes to the simulator's socket and waits, as the real one waits for a person; a terminal that is not
there makes it return something else than 0000.
"""

from __future__ import annotations

import base64
import json
import select
import socket
import sys
from typing import Any


def main() -> None:
    channel = socket.socket(fileno=int(sys.argv[1]))
    while True:
        request = json.loads(_exactly(channel, int.from_bytes(_exactly(channel, 4), "big")))
        answer = {"n": request["n"]} | _call(channel, request)
        body = json.dumps(answer).encode()
        channel.sendall(len(body).to_bytes(4, "big") + body)


def _exactly(channel: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        piece = channel.recv(size - len(data))
        if not piece:
            sys.exit(0)
        data += piece
    return data


def _call(channel: socket.socket, request: dict[str, Any]) -> dict[str, Any]:
    if request["call"] != "NationEcTrans" or request["returns"] != "text" or len(request["arguments"]) != 3:
        return {"error": "the library has no such function"}
    answer = _ask_terminal(channel, base64.b64decode(request["arguments"][1]))
    returned, out = (b"9999", b"") if answer is None else (b"0000", answer)
    return {"returned": base64.b64encode(returned).decode(), "outs": [base64.b64encode(out).decode()]}


def _ask_terminal(channel: socket.socket, line: bytes) -> bytes | None:
    """None when there is no terminal; ends with the kiosk, whose end of the channel is watched meanwhile."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as terminal:
        try:
            terminal.connect(sys.argv[2])
            terminal.sendall(line + b"\n")
        except OSError:
            return None
        waiting = select.poll()
        waiting.register(terminal, select.POLLIN)
        waiting.register(channel, select.POLLRDHUP)
        held = b""
        while not held.endswith(b"\n"):
            if any(fd == channel.fileno() for fd, _ in waiting.poll()):
                sys.exit(0)
            piece = terminal.recv(65536)
            if not piece:
                return None
            held += piece
        return held[:-1]


if __name__ == "__main__":
    main()
