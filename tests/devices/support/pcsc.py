"""A pcscd of the tests' own, in a network namespace of its own: vpcd listens on all addresses, and here nobody can
reach it.

The service's socket is a file and reaches out of the namespace; its path is compiled in, so one such service runs at a
time.
"""

import fcntl
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from devices.conformance.waiting import until

PORT = 35963
_COMM = Path("/run/pcscd/pcscd.comm")
_DRIVER = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
_READER = """FRIENDLYNAME "Virtual PCD"
DEVICENAME /dev/null:{port:#X}
LIBPATH {driver}
CHANNELID {port:#X}
"""


class PcscService:
    """pcscd with one virtual reader; can be stopped and started again, as an update or a crash does."""

    def __init__(self, folder: Path, inside: tuple[str, ...]) -> None:
        self.inside = inside
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        (folder / "vpcd").write_text(_READER.format(port=PORT, driver=_DRIVER))

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        if self._process is None:
            command = [*self.inside, "pcscd", "--foreground", "--critical", "--config", str(self._folder)]
            self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
            until(_answers)

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.terminate()
            process.wait(20)


def _answers() -> bool:
    with socket.socket(socket.AF_UNIX) as asking, suppress(OSError):
        asking.connect(str(_COMM))
        return True
    return False


@contextmanager
def pcsc_service(folder: Path) -> Iterator[PcscService]:
    """Skips the test, with the reason, where it cannot be had."""
    for program in ("pcscd", "unshare", "nsenter", "ip"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    if not _DRIVER.exists():
        pytest.skip("vsmartcard-vpcd is not installed")
    with ExitStack() as stack:
        stack.enter_context(_alone())
        inside = stack.enter_context(_namespace())
        service = PcscService(folder, inside)
        stack.callback(service.stop)
        service.start()
        yield service


@contextmanager
def _alone() -> Iterator[None]:
    """One run of these tests at a time on a machine, and none beside somebody else's service."""
    with Path("/tmp/kiosk-tests-pcscd.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _answers():
            pytest.skip("another pcscd runs on this machine")
        yield


@contextmanager
def _namespace() -> Iterator[tuple[str, ...]]:
    """A network namespace with nothing but a loopback; gives the command that runs a program in it."""
    holder = subprocess.Popen(
        ["unshare", "--net", "sh", "-c", "ip link set lo up && echo up && exec sleep infinity"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert holder.stdout is not None
        assert holder.stderr is not None
        if holder.stdout.readline() != "up\n":
            pytest.skip(f"no network namespace can be made: {holder.stderr.read().strip()}")
        yield ("nsenter", f"--net=/proc/{holder.pid}/ns/net", "--")
    finally:
        holder.terminate()
        holder.communicate()
