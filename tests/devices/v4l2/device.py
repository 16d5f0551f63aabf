"""The far end of the V4L2 camera that device.c puts before libc: pictures as the simulator draws them."""

from __future__ import annotations

import io
import itertools
import socket
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from devices.conformance.bench import Ability
from devices.sim.camera.drawing import Scene, frames
from kiosk.ports.clock import Clock

_SOURCE = Path(__file__).with_name("device.c")
_FRAME_SECONDS = 1 / 100  # no camera is as fast; the tests need not wait for one


def built(folder: Path) -> Path:
    """The library, compiled into `folder`."""
    library = folder / "v4l2.so"
    command = ["cc", "-O1", "-Wall", "-Werror", "-shared", "-fPIC", "-o", str(library), str(_SOURCE), "-ldl"]
    subprocess.run(command, check=True)
    return library


class FakeV4l2:
    """A `CameraBench`: one camera at `path`, served by a thread."""

    secrets = ()
    abilities = frozenset({Ability.UNPLUG, Ability.SILENCE})

    def __init__(self, path: Path, clock: Clock) -> None:
        self.path, self.clock = path, clock
        self._drawn: dict[Scene, list[bytes]] = {}
        self._scene, self._silent, self._ended = Scene.PERSON, False, False
        self._listening: socket.socket | None = None
        self._connection: socket.socket | None = None
        self.plug()

    def uncover(self) -> None:
        self._scene = Scene.PERSON

    def cover(self) -> None:
        self._scene = Scene.COVERED

    def defocus(self) -> None:
        self._scene = Scene.BLURRED

    def freeze(self) -> None:
        self._scene = Scene.FROZEN

    def fall_silent(self) -> None:
        self._silent = True

    def speak_again(self) -> None:
        self._silent = False

    def plug(self) -> None:
        self._listening = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._listening.bind(str(self.path))
        self._listening.listen()
        threading.Thread(target=self._serve, args=(self._listening,), daemon=True).start()

    def unplug(self) -> None:
        """Whoever waits in `accept` or for a picture's due moment wakes up, too."""
        self.path.unlink(missing_ok=True)
        for end in (self._listening, self._connection):
            if end is not None:
                end.close() if end is not self._connection else end.shutdown(socket.SHUT_RDWR)
        self._listening = self._connection = None

    def _serve(self, listening: socket.socket) -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
                self._connection = connection
                self._play(connection)
                self._connection = None

    def _play(self, connection: socket.socket) -> None:
        """A picture for each buffer, 30 in a second."""
        try:
            for number in itertools.count():
                if not connection.recv(1):
                    return
                time.sleep(_FRAME_SECONDS)
                while self._silent and self._connection is connection:
                    time.sleep(_FRAME_SECONDS)
                pictures = self._pictures(self._scene)
                connection.sendall(struct.pack("d", time.monotonic()) + pictures[number % len(pictures)])
        except OSError:
            return

    def _pictures(self, scene: Scene) -> list[bytes]:
        if scene not in self._drawn:
            self._drawn[scene] = list(_encoded(scene))
        return self._drawn[scene]


def _encoded(scene: Scene) -> Iterator[bytes]:
    for picture in frames(scene):
        file = io.BytesIO()
        picture.save(file, "JPEG", quality=85)
        yield file.getvalue()
