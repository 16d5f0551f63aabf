"""PC/SC beyond the contract of readers: a service that is started anew under a connection."""

from collections.abc import Callable, Iterator

import pytest

from devices.conformance.waiting import FAR_SECONDS, after, until
from devices.sim.client import Simulator
from devices.transport.card_slot import NO_READER, Occupancy
from devices.transport.errors import DeviceGoneError
from devices.transport.pcsc import PcscSlot
from kiosk.ports.cancellation import Cancel
from kiosk.ports.driver import Host
from tests.devices.support.pcsc import PcscService

pytestmark = pytest.mark.pcsc

SELECT = bytes.fromhex("00A404000F7378312E73682EC9E7BBE1B1A3D5CF")


@pytest.fixture
def reader(service: PcscService, host: Host) -> Iterator[Callable[[str], PcscSlot]]:
    service.start()
    slots: list[PcscSlot] = []

    def make(wanted: str) -> PcscSlot:
        slots.append(PcscSlot(wanted, host.clock))
        return slots[-1]

    yield make
    service.start()
    for slot in slots:
        slot.close()


def test_a_card_is_read_at_once_after_the_service_was_started_anew(
    reader: Callable[[str], PcscSlot], service: PcscService, pcsc_simulator: Simulator, host: Host
) -> None:
    slot = reader("Virtual PCD")
    pcsc_simulator.insert("zhangsan", transport="vpcd")
    until(lambda: slot.look().occupancy is Occupancy.OCCUPIED)
    service.stop()
    service.start()
    eye = reader("Virtual PCD")
    until(lambda: eye.look().occupancy is Occupancy.OCCUPIED)
    with slot.connect(after(host.clock, FAR_SECONDS), Cancel()) as transmit:
        assert transmit(SELECT) == b"\x61\x13"


def test_without_the_service_there_is_no_reader(
    reader: Callable[[str], PcscSlot], service: PcscService, host: Host
) -> None:
    service.stop()
    slot = reader("Virtual PCD")
    assert slot.look() == NO_READER
    with pytest.raises(DeviceGoneError), slot.connect(after(host.clock, FAR_SECONDS), Cancel()):
        pass


def test_a_reader_is_chosen_by_a_part_of_its_name(reader: Callable[[str], PcscSlot]) -> None:
    assert reader("Virtual").look() != NO_READER
    assert reader("").look() != NO_READER
    assert reader("ACR38").look() == NO_READER


def test_two_users_do_not_share_a_card(
    reader: Callable[[str], PcscSlot], pcsc_simulator: Simulator, host: Host
) -> None:
    first, second = reader("Virtual PCD"), reader("Virtual PCD")
    pcsc_simulator.insert("zhangsan", transport="vpcd")
    until(lambda: first.look().occupancy is Occupancy.OCCUPIED)
    with first.connect(after(host.clock, FAR_SECONDS), Cancel()) as transmit:
        with pytest.raises(DeviceGoneError), second.connect(after(host.clock, FAR_SECONDS), Cancel()):
            pass
        assert transmit(SELECT) == b"\x61\x13"
    with second.connect(after(host.clock, FAR_SECONDS), Cancel()) as transmit:
        assert transmit(SELECT) == b"\x61\x13"
