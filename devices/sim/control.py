"""The control socket: one JSON object a line each way, and events for whoever asked for them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from devices.sim.bench import Bench, Places, RequestError
from devices.sim.channels import Connection, Listener, listen_unix
from devices.sim.loop import Loop
from devices.sim.requests import REQUEST

_LONGEST_LINE: Final = 262_144


class Control:
    """Serves `path` and drives the bench; requests of one connection are answered in order."""

    def __init__(self, loop: Loop, path: Path, places: Places) -> None:
        self.path = path
        self._subscribers: list[Connection] = []
        self.bench = Bench(loop, places, self._tell)
        self._listener = Listener(loop, listen_unix(path), self._accept)

    def close(self) -> None:
        self._listener.close()
        self.path.unlink(missing_ok=True)
        self.bench.close()

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """One request as the socket would answer it."""
        try:
            return {"ok": True} | self.bench.obey(REQUEST.validate_python(request))
        except ValidationError as error:
            return {"ok": False, "error": _sentences(error)}
        except RequestError as error:
            return {"ok": False, "error": str(error)}

    def _tell(self, event: str, about: dict[str, Any]) -> None:
        for subscriber in tuple(self._subscribers):
            _send(subscriber, {"event": event} | about)

    def _accept(self, connection: Connection) -> None:
        held = bytearray()
        connection.serve(lambda data: self._receive(connection, held, data), lambda: self._hung_up(connection))

    def _hung_up(self, connection: Connection) -> None:
        if connection in self._subscribers:
            self._subscribers.remove(connection)

    def _receive(self, connection: Connection, held: bytearray, data: bytes) -> None:
        held += data
        if len(held) > _LONGEST_LINE:
            connection.close()
            return
        while b"\n" in held:
            line, _, rest = bytes(held).partition(b"\n")
            held[:] = rest
            _send(connection, self._answer(connection, line))

    def _answer(self, connection: Connection, line: bytes) -> dict[str, Any]:
        try:
            request = json.loads(line)
        except ValueError:
            return {"ok": False, "error": "not a line of JSON"}
        if not isinstance(request, dict):
            return {"ok": False, "error": "not an object"}
        answer = self.ask(request)
        if answer["ok"] and request["do"] == "subscribe":
            self._subscribers.append(connection)
        return answer


def _send(connection: Connection, message: dict[str, Any]) -> None:
    connection.send(json.dumps(message, ensure_ascii=False).encode() + b"\n")


def _sentences(error: ValidationError) -> str:
    faults = error.errors(include_url=False, include_input=False)
    return "; ".join(f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}" for fault in faults)
