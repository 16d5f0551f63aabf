"""A real cupsd of the tests' own, on loopback and a socket, whose one backend keeps what it is given.

The service needs root, as it does anywhere: it starts its backends as somebody else, or as root where they are root's
alone. Nothing of the machine's own configuration is read or written.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import struct
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devices.conformance.bench import Ability
from devices.conformance.waiting import until
from kiosk.ports.clock import Clock

_PROGRAM = Path("/usr/sbin/cupsd")
_DAEMON = Path("/usr/lib/cups/daemon/cups-exec")
_REASONS = {
    "paper": "media-empty-error",
    "jam": "media-jam-error",
    "cover": "cover-open-error",
    "ink": "marker-supply-empty-error",
    "offline": "offline-report",
}
_CONFIGURATION = """\
LogLevel warn
MaxLogSize 0
Listen 127.0.0.1:{port}
Listen {folder}/cups.sock
Browsing No
WebInterface No
DefaultAuthType None
PreserveJobHistory Yes
PreserveJobFiles No
<Location />
  Order allow,deny
  Allow from 127.0.0.1
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
_FILES = """\
ServerRoot {folder}/etc
ServerBin {folder}/bin
CacheDir {folder}/cache
StateDir {folder}/run
RequestRoot {folder}/spool
TempDir {folder}/spool/tmp
DocumentRoot {folder}/cache
DataDir /usr/share/cups
AccessLog {folder}/access
ErrorLog {folder}/error
PageLog {folder}/page
FileDevice Yes
"""
_PRINTERS = """\
<DefaultPrinter kiosk>
DeviceURI kiosksim:/
State Idle
Accepting Yes
Shared No
ErrorPolicy retry-current-job
</DefaultPrinter>
<Printer hole>
DeviceURI file:{folder}/hole.bin
State Idle
Accepting Yes
Shared No
ErrorPolicy abort-job
</Printer>
"""
# `wanted` is what the printer wants before it goes on, or how its backend ends.
_BACKEND = """\
#!/bin/sh
[ $# -eq 0 ] && exit 0
while wanted=$(cat "{folder}/wanted" 2>/dev/null); do
	touch "{folder}/asking"
	case $wanted in exit-*) exit "${{wanted#exit-}}" ;; esac
	echo "STATE: +$wanted" >&2
	sleep 0.05
done
echo "STATE: -{reasons}" >&2
cat "${{6:--}}" >"{folder}/half"
mv "{folder}/half" "{folder}/sheets/$(printf %06d "$1")"
"""
_PAUSE, _RESUME, _PURGE = 0x10, 0x11, 0x12


def missing() -> str | None:
    """Why no service can be started here; None when one can."""
    if not (_PROGRAM.exists() and _DAEMON.exists()):
        return "no cupsd on this machine: packaging/debian-packages.txt names it"
    return None if os.geteuid() == 0 else "cupsd starts its backends as root only"


class Cups:
    """The service, and one queue `kiosk` with the backend `kiosksim:/`; a second one, `hole`, leads to a file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None
        for name in ("etc", "bin/backend", "bin/daemon", "cache", "run", "spool/tmp", "sheets"):
            (folder / name).mkdir(parents=True)
        (folder / "bin/daemon/cups-exec").symlink_to(_DAEMON)
        (folder / "etc/cupsd.conf").write_text(_CONFIGURATION.format(folder=folder, port=self.port))
        (folder / "etc/cups-files.conf").write_text(_FILES.format(folder=folder))
        (folder / "etc/printers.conf").write_text(_PRINTERS.format(folder=folder))
        backend = folder / "bin/backend/kiosksim"
        backend.write_text(_BACKEND.format(folder=folder, reasons=",".join(_REASONS.values())))
        backend.chmod(0o700)

    @property
    def socket(self) -> str:
        return str(self.folder / "cups.sock")

    def start(self) -> None:
        if self._process is not None:
            return
        folder = self.folder / "etc"
        command = [str(_PROGRAM), "-f", "-c", str(folder / "cupsd.conf"), "-s", str(folder / "cups-files.conf")]
        self._process = subprocess.Popen(command)
        until(self._answers)

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(signal.SIGCONT)
            process.terminate()
            process.wait(20)

    def freeze(self, *, frozen: bool) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGSTOP if frozen else signal.SIGCONT)

    def command(self, operation: int) -> None:
        """Pause, resume or purge the queue, written out by hand: our codec has no word for it and proves none."""
        fields = (
            (0x47, b"attributes-charset", b"utf-8"),
            (0x48, b"attributes-natural-language", b"en"),
            (0x45, b"printer-uri", b"ipp://localhost/printers/kiosk"),
            (0x42, b"requesting-user-name", b"root"),
        )
        body = struct.pack("!BBHi", 2, 0, operation, 1) + b"\x01"
        for tag, name, value in fields:
            body += struct.pack("!BH", tag, len(name)) + name + struct.pack("!H", len(value)) + value
        url = f"http://127.0.0.1:{self.port}/admin/"
        request = urllib.request.Request(url, body + b"\x03", {"Content-Type": "application/ipp"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            said = answer.read()
        assert said[2:4] < b"\x01\x00", said

    def renew(self) -> None:
        """As at the start, whatever a test did."""
        (self.folder / "wanted").unlink(missing_ok=True)
        self.freeze(frozen=False)
        self.start()
        self.command(_PURGE)
        self.command(_RESUME)
        shutil.rmtree(self.folder / "sheets")
        (self.folder / "sheets").mkdir()
        (self.folder / "asking").unlink(missing_ok=True)

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe:
            return probe.connect_ex(self.socket) == 0


class CupsPages:
    """A `QueueBench` made of the service."""

    secrets = ()
    abilities = frozenset({Ability.UNPLUG, Ability.MISHAP_WHILE_PRINTING, Ability.STOPPED_QUEUE, Ability.SILENCE})

    def __init__(self, cups: Cups, clock: Clock) -> None:
        self.cups, self.clock = cups, clock

    def want(self, what: str) -> None:
        (self.cups.folder / "wanted").write_text(_REASONS.get(what, what))

    def asking(self) -> bool:
        return (self.cups.folder / "asking").exists()

    def give(self) -> None:
        (self.cups.folder / "wanted").unlink()

    def pause(self) -> None:
        self.cups.command(_PAUSE)

    def resume(self) -> None:
        self.cups.command(_RESUME)

    def fall_silent(self) -> None:
        self.cups.freeze(frozen=True)

    def speak_again(self) -> None:
        self.cups.freeze(frozen=False)

    def sheets(self) -> list[bytes]:
        return [sheet.read_bytes() for sheet in sorted((self.cups.folder / "sheets").iterdir())]

    def came(self, *documents: bytes) -> bool:
        return self.sheets() == list(documents)

    def unplug(self) -> None:
        self.cups.stop()

    def plug(self) -> None:
        self.cups.start()


@contextmanager
def running_cups(folder: Path) -> Iterator[Cups]:
    cups = Cups(folder)
    cups.start()
    try:
        yield cups
    finally:
        cups.stop()
