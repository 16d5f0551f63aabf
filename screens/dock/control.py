"""The simulator's control socket as Qt sees it: lines of JSON, answers in the order of the requests, events between."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalSocket

_AGAIN_MS = 1000

Answer = Mapping[str, Any]
Then = Callable[[Answer], None]


class Control(QObject):
    """Keeps a connection to the simulator for as long as it lives; a lost one is sought every second."""

    connectedChanged = Signal()
    happened = Signal(dict)
    """An event the simulator told by itself."""

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._waiting: deque[Then] = deque()
        self._socket = QLocalSocket(self)
        self._socket.connected.connect(self.connectedChanged)
        self._socket.disconnected.connect(self._lost)
        self._socket.readyRead.connect(self._read)
        self._again = QTimer(self, interval=_AGAIN_MS)
        self._again.timeout.connect(self._connect)

    def start(self) -> None:
        self._connect()
        self._again.start()

    @property
    def connected(self) -> bool:
        return self._socket.state() == QLocalSocket.LocalSocketState.ConnectedState

    def ask(self, do: str, then: Then, **fields: object) -> None:
        """Send a request; `then` gets its answer. Without a connection nothing is sent, nor kept for later."""
        if not self.connected:
            return
        self._waiting.append(then)
        self._socket.write(json.dumps({"do": do} | fields, ensure_ascii=False).encode() + b"\n")

    def _connect(self) -> None:
        if self._socket.state() == QLocalSocket.LocalSocketState.UnconnectedState:
            self._socket.connectToServer(str(self._path))

    def _lost(self) -> None:
        self._waiting.clear()
        self.connectedChanged.emit()

    def _read(self) -> None:
        while self._socket.canReadLine():
            message = json.loads(bytes(self._socket.readLine().data()))
            if "event" in message:
                self.happened.emit(message)
            else:
                self._waiting.popleft()(message)
