"""`kiosk sim`: all simulated devices in one process, until it is told to end."""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from devices.sim.bench import Places
from devices.sim.control import Control
from devices.sim.loop import Loop
from devices.sim.scenario import ScenarioWrongError, Timed, read_scenario
from kiosk.installed import config_dir

_DONE, _WRONG_USE, _COULD_NOT_START = 0, 2, 3
# sockaddr_un holds 108 bytes, the last of them 0.
_LONGEST_SOCKET_PATH: Final = 107


class SimCommand:
    """Announced to `kiosk` under `kiosk.commands`."""

    name = "sim"
    help = "simulated card readers, scanner, keypad, speaker, camera and receipt printer, driven over a control socket"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--control", type=Path, help="control socket (default: WORKDIR/sim/control.sock)")
        parser.add_argument("--scenario", type=Path, help="TOML file of requests to play")
        parser.add_argument("--people", type=Path, help="folder of invented people (default: the installed one)")
        parser.add_argument("--printer-port", type=int, default=0, help="TCP port of the printer (default: a free one)")
        parser.add_argument("--vpcd", type=_address, help="HOST:PORT of pcscd's virtual reader, where cards may go")

    def run(self, arguments: argparse.Namespace) -> int:
        folder = arguments.workdir.absolute() / "sim"
        control = (arguments.control or folder / "control.sock").absolute()
        try:
            steps = read_scenario(arguments.scenario) if arguments.scenario else ()
        except ScenarioWrongError as error:
            return _complain(str(error), _WRONG_USE)
        for path in (control, folder / "contactless.sock"):
            if len(os.fsencode(path)) > _LONGEST_SOCKET_PATH:
                return _complain(f"{path} is too long for a socket", _WRONG_USE)
        people = arguments.people or config_dir() / "people"
        places = Places(folder, people, arguments.printer_port, arguments.vpcd)
        try:
            with _only_one(folder):
                _serve(control, places, steps)
        except OSError as error:
            return _complain(str(error), _COULD_NOT_START)
        return _DONE


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal():
        raise argparse.ArgumentTypeError("HOST:PORT is wanted")
    return host, int(port)


@contextlib.contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    """A second simulator in the same folder would take the names of the first away: OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise OSError(f"another simulator runs in {folder}") from error
        yield


def _serve(path: Path, places: Places, steps: tuple[Timed, ...]) -> None:
    loop = Loop()
    control = Control(loop, path, places)
    with _ended_by_signals(loop):
        for step in steps:
            loop.after(step.at, lambda request=step.request: _play(control, request))  # type: ignore[misc]
        print(json.dumps(_ready(control, places)), flush=True)
        loop.run()
    control.close()
    loop.close()


def _play(control: Control, request: dict[str, object]) -> None:
    answer = control.ask(request)
    if not answer["ok"]:
        _complain(f"{request['do']}: {answer['error']}", _WRONG_USE)


def _ready(control: Control, places: Places) -> dict[str, str]:
    return {
        "ready": "sim",
        "control": str(control.path),
        "card": str(places.folder / "card.sock"),
        "contactless": str(places.folder / "contactless.sock"),
        "id_reader": str(places.folder / "id_reader"),
        "scanner": str(places.folder / "scanner"),
        "camera": str(places.folder / "camera"),
        "document": str(places.folder / "document"),
        "face_terminal": str(places.folder / "face.sock"),
        "payment_terminal": str(places.folder / "payment_terminal"),
        "pin_pad": str(places.folder / "pin_pad"),
        "keypad": str(places.folder / "keypad"),
        "speaker": str(places.folder / "speaker"),
        "speech": str(places.folder / "speech"),
        "guide_light": str(places.folder / "leds"),
        "presence_sensor": str(places.folder / "presence"),
        "power_source": str(places.folder / "power_source"),
        "printer": control.bench.station.address,
        "pages": str(places.folder / "pages"),
        "printer_tty": str(places.folder / "printer"),
    }


@contextlib.contextmanager
def _ended_by_signals(loop: Loop) -> Iterator[None]:
    """SIGTERM and SIGINT end the loop; a signal only reaches a sleeping `select` through a descriptor."""
    reading, writing = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
    loop.read(reading, loop.stop)
    before = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGTERM, signal.SIGINT)}
    wakeup = signal.set_wakeup_fd(writing)
    try:
        yield
    finally:
        signal.set_wakeup_fd(wakeup)
        for number, handler in before.items():
            signal.signal(number, handler)
        loop.forget(reading)
        os.close(reading)
        os.close(writing)


def _complain(why: str, code: int) -> int:
    print(f"kiosk sim: {why}", file=sys.stderr)
    return code


command = SimCommand()
