"""The trap of vpcd: with delayed acknowledgements every APDU waits 40 ms, twice; devices.sim.card.vpcd must not fall
into it.

Counted and not timed: the kernel counts the acknowledgements that its timer had to send, and in the namespace of the
service nobody else sends any.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from devices.conformance.waiting import FAR_SECONDS, after, until
from devices.sim.client import Simulator
from devices.transport.card_slot import Occupancy
from devices.transport.pcsc import PcscSlot
from kiosk.ports.cancellation import Cancel
from kiosk.ports.driver import Host
from tests.devices.support import naive_card
from tests.devices.support.pcsc import PORT, PcscService

pytestmark = pytest.mark.pcsc

APDUS = 40
SELECT_NOTHING = bytes.fromhex("00A40400023F00")


def late_acknowledgements(service: PcscService) -> int:
    """`TcpExt: DelayedACKs` of the service's namespace."""
    lines = Path(f"/proc/{service.pid}/net/netstat").read_text().splitlines()
    names, figures = (line.split() for line in lines if line.startswith("TcpExt:"))
    return int(figures[names.index("DelayedACKs")])


def late_during_apdus(service: PcscService, host: Host) -> int:
    """How many acknowledgements came late while the inserted card answered `APDUS` commands."""
    slot = PcscSlot("Virtual PCD", host.clock)
    until(lambda: slot.look().occupancy is Occupancy.OCCUPIED)
    with slot.connect(after(host.clock, FAR_SECONDS), Cancel()) as transmit:
        before = late_acknowledgements(service)
        assert {transmit(SELECT_NOTHING) for _ in range(APDUS)} == {b"\x6a\x82"}
        late = late_acknowledgements(service) - before
    slot.close()
    return late


@contextmanager
def naive(service: PcscService) -> Iterator[None]:
    command = [*service.inside, sys.executable, str(naive_card.__file__), str(PORT)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            yield
        finally:
            process.terminate()


@pytest.fixture(autouse=True)
def _empty_slot(service: PcscService, host: Host) -> None:
    """The card of an earlier test is seen to leave, too."""
    service.start()
    slot = PcscSlot("Virtual PCD", host.clock)
    until(lambda: slot.look().occupancy is Occupancy.EMPTY)
    slot.close()


def test_our_card_acknowledges_at_once(service: PcscService, pcsc_simulator: Simulator, host: Host) -> None:
    pcsc_simulator.insert("zhangsan", transport="vpcd")
    assert late_during_apdus(service, host) < APDUS / 4


def test_without_the_guard_the_acknowledgements_come_late(service: PcscService, host: Host) -> None:
    """The measure above can fail: a card that leaves it to the kernel makes nearly every command wait."""
    with naive(service):
        assert late_during_apdus(service, host) > APDUS / 2
