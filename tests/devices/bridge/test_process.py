"""A library that crashes, hangs, prints, writes too far or answers nonsense harms nobody, and is there again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.bridge.process import Bridge, FunctionMissingError, Library, Out, Returned
from devices.conformance.waiting import FAR_SECONDS, Call, after, open_files, until
from devices.transport.errors import DeviceGoneError, GarbledError, InterruptedTransferError
from kiosk.ports.cancellation import Cancel
from kiosk.ports.driver import Host
from tests.devices.support.card_library import LibraryCards, answer

ARGUMENTS = (3, Out(8192))


@pytest.fixture
def cards(fake_card: Path, host: Host) -> LibraryCards:
    cards = LibraryCards(fake_card, host.clock)
    cards.insert()
    return cards


@pytest.fixture
def bridge(built_library: Path, host: Host) -> Iterator[Bridge]:
    bridge = Bridge(Library(built_library, answer_seconds=0.5), host.clock)
    yield bridge
    bridge.close()


def ask(bridge: Bridge, host: Host, seconds: float = FAR_SECONDS, function: str = "iReadCardBas") -> Returned:
    return Call(lambda cancel: bridge.call(function, ARGUMENTS, after(host.clock, seconds), cancel)).result()


def gone(pid: int) -> bool:
    """Ended, or waiting for its parent to notice."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def test_what_the_library_answers_comes_back(cards: LibraryCards, bridge: Bridge, host: Host) -> None:
    assert ask(bridge, host) == Returned(0, (answer(),))
    cards.say(-4)
    assert ask(bridge, host) == Returned(-4, (b"",))
    assert "张三".encode("gb18030").hex() not in repr(ask(bridge, host))


@pytest.mark.parametrize(("mode", "words"), [("crash", "SIGSEGV"), ("exit", "exit 7")])
def test_a_library_that_takes_its_process_down_is_started_anew(
    cards: LibraryCards, bridge: Bridge, host: Host, mode: str, words: str
) -> None:
    cards.behave(mode)
    with pytest.raises(DeviceGoneError, match=words):
        ask(bridge, host)
    cards.behave("well")
    assert ask(bridge, host).code == 0


def test_a_hung_library_is_killed_and_started_anew(cards: LibraryCards, bridge: Bridge, host: Host) -> None:
    cards.behave("hang")
    with pytest.raises(DeviceGoneError, match="hung"):
        ask(bridge, host)
    assert bridge.pid is None
    cards.behave("well")
    assert ask(bridge, host).code == 0


def test_the_deadline_holds_while_the_library_hangs(cards: LibraryCards, bridge: Bridge, host: Host) -> None:
    """The process keeps its time, so a slow card is not punished; then it is killed by whoever comes next."""
    assert ask(bridge, host).code == 0
    cards.behave("hang")
    with pytest.raises(InterruptedTransferError):
        ask(bridge, host, 0.1)
    hung = bridge.pid
    assert hung is not None
    until(lambda: bridge.overdue)
    cards.behave("well")
    assert ask(bridge, host).code == 0
    assert bridge.pid != hung
    assert gone(hung)


def test_a_call_that_was_let_go_never_answers_the_next(cards: LibraryCards, bridge: Bridge, host: Host) -> None:
    assert ask(bridge, host).code == 0
    cards.behave("slow 200")
    before = cards.apdus()
    call = Call(lambda cancel: bridge.call("iReadCardBas", ARGUMENTS, after(host.clock, FAR_SECONDS), cancel))
    until(lambda: cards.apdus() > before)
    with pytest.raises(InterruptedTransferError):
        call.cancelled()
    cards.behave("well")
    cards.say(-2)
    assert ask(bridge, host).code == -2
    assert bridge.pid is not None


@pytest.mark.parametrize("mode", ["garble", "overrun"])
def test_nonsense_is_an_error_and_the_next_call_is_answered(
    cards: LibraryCards, bridge: Bridge, host: Host, mode: str
) -> None:
    """Bytes on the bridge's own line; or a buffer written far beyond its end, which makes a text or a crash."""
    cards.behave(mode)
    try:
        returned = ask(bridge, host)
        assert mode == "overrun"
        assert len(returned.outs[0]) > 8192
    except (GarbledError, DeviceGoneError):
        pass
    cards.behave("well")
    assert ask(bridge, host) == Returned(0, (answer(),))


def test_what_the_library_prints_goes_nowhere(
    cards: LibraryCards, bridge: Bridge, host: Host, capfd: pytest.CaptureFixture[str]
) -> None:
    cards.behave("print")
    assert ask(bridge, host) == Returned(0, (answer(),))
    assert capfd.readouterr() == ("", "")


def test_no_such_library_and_no_such_function(cards: LibraryCards, bridge: Bridge, host: Host, tmp_path: Path) -> None:
    with pytest.raises(FunctionMissingError):
        ask(bridge, host, function="iWriteEverything")
    assert ask(bridge, host).code == 0
    missing = Bridge(Library(tmp_path / "none.so"), host.clock)
    with pytest.raises(DeviceGoneError, match="cannot be loaded"):
        ask(missing, host)
    missing.close()
    nowhere = Bridge(Library(tmp_path / "none.so", interpreter=tmp_path / "python"), host.clock)
    with pytest.raises(DeviceGoneError):
        ask(nowhere, host)
    nowhere.close()


def test_a_process_that_was_killed_from_outside_is_noticed(cards: LibraryCards, bridge: Bridge, host: Host) -> None:
    assert ask(bridge, host).code == 0
    assert bridge.pid is not None
    os.kill(bridge.pid, signal.SIGKILL)
    with pytest.raises(DeviceGoneError, match="SIGKILL"):
        ask(bridge, host)
    assert ask(bridge, host).code == 0


def test_crashes_leave_nothing_behind(cards: LibraryCards, bridge: Bridge, host: Host) -> None:
    ask(bridge, host)
    bridge.close()
    before = open_files()
    cards.behave("crash")
    for _ in range(5):
        with pytest.raises(DeviceGoneError):
            ask(bridge, host)
    assert open_files() == before


def test_a_library_does_not_outlive_the_kiosk(cards: LibraryCards, built_library: Path) -> None:
    """Not even one that hangs in a kiosk that was killed."""
    cards.behave("hang")
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from devices.bridge.process import Bridge, Library, Out\n"
        "from kiosk.engine.clock import SystemClock\n"
        "from kiosk.ports.cancellation import Cancel\n"
        "from kiosk.ports.clock import Monotonic\n"
        "clock = SystemClock()\n"
        "bridge = Bridge(Library(Path(sys.argv[1])), clock)\n"
        "try:\n"
        "    bridge.call('iReadCardBas', (3, Out(64)), Monotonic(clock.monotonic() + 0.5), Cancel())\n"
        "except Exception:\n"
        "    print(bridge.pid, flush=True)\n"
        "sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", program, str(built_library)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as kiosk:
        assert kiosk.stdout is not None
        pid = int(kiosk.stdout.readline())
        assert not gone(pid)
        kiosk.kill()
    until(lambda: gone(pid))


def test_a_cancel_ends_a_call_at_once(cards: LibraryCards, bridge: Bridge, host: Host) -> None:
    assert ask(bridge, host).code == 0
    cancel = Cancel()
    cancel.cancel()
    begun = time.monotonic()
    with pytest.raises(InterruptedTransferError):
        bridge.call("iReadCardBas", ARGUMENTS, after(host.clock, FAR_SECONDS), cancel)
    assert time.monotonic() - begun < 10
    assert ask(bridge, host).code == 0
