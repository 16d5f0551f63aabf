"""A reader with contacts and one without, side by side: one card at a time, and never two people's at once."""

from collections.abc import Iterator

import pytest

from devices.conformance.waiting import FAR_SECONDS, Call, after
from devices.drivers import social_card
from devices.drivers.social_card import SocketSettings
from devices.sim.client import Simulator
from kiosk.domain.personal import PersonName
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.card_reader import CardEvent, CardInserted, CardNotRead, CardRead, CardReader, CardRemoved
from kiosk.ports.driver import Host
from kiosk.ports.health import DeviceState
from tests.devices.support.simulator import Running


@pytest.fixture
def reader(sim: Running, host: Host) -> Iterator[CardReader]:
    settings = SocketSettings(socket=sim.ready["card"], contactless=sim.ready["contactless"])
    reader = social_card.simulated.make(settings, host)
    reader.open()
    yield reader
    reader.close()


def next_event(reader: CardReader, host: Host) -> CardEvent | None:
    return Call(lambda cancel: reader.wait(after(host.clock, FAR_SECONDS), cancel)).result()


def nothing_new(reader: CardReader, host: Host) -> bool:
    return reader.wait(after(host.clock, 0.3), Cancel()) is None


def name(reader: CardReader, host: Host) -> PersonName | None:
    reading = reader.read(after(host.clock, 20), Cancel())
    assert isinstance(reading, CardRead), reading
    return reading.identity.name


@pytest.mark.parametrize(("transport", "contactless"), [("socket", False), ("contactless", True)])
def test_either_takes_a_card(
    simulator: Simulator, reader: CardReader, host: Host, transport: str, contactless: bool
) -> None:
    waiting = Call(lambda cancel: reader.wait(after(host.clock, FAR_SECONDS), cancel))
    simulator.insert("zhangsan", transport=transport, contactless=contactless)
    assert waiting.result() == CardInserted()
    assert name(reader, host) == PersonName("张三")
    simulator.remove(transport)
    assert next_event(reader, host) == CardRemoved()
    assert nothing_new(reader, host)


@pytest.mark.parametrize("order", [("socket", "contactless"), ("contactless", "socket")])
def test_the_first_card_holds_and_the_second_is_another_one(
    simulator: Simulator, reader: CardReader, host: Host, order: tuple[str, str]
) -> None:
    first, second = order
    simulator.insert("zhangsan", transport=first)
    assert next_event(reader, host) == CardInserted()
    simulator.insert("lihong", transport=second)
    assert nothing_new(reader, host)
    assert name(reader, host) == PersonName("张三")
    simulator.remove(first)
    assert [next_event(reader, host) for _ in range(2)] == [CardRemoved(), CardInserted()]
    assert name(reader, host) == PersonName("李𬭎")


def test_contacts_come_first_where_both_lie_there_at_the_start(
    simulator: Simulator, reader: CardReader, host: Host
) -> None:
    simulator.insert("lihong", transport="contactless")
    simulator.insert("zhangsan", transport="socket")
    assert next_event(reader, host) == CardInserted()
    assert name(reader, host) == PersonName("张三")


def test_a_second_card_that_goes_again_was_never_there(simulator: Simulator, reader: CardReader, host: Host) -> None:
    simulator.insert("zhangsan", transport="socket")
    assert next_event(reader, host) == CardInserted()
    simulator.insert("lihong", transport="contactless")
    simulator.remove("contactless")
    assert nothing_new(reader, host)


@pytest.mark.parametrize("gone", ["socket", "contactless"])
def test_one_of_them_may_be_missing(simulator: Simulator, reader: CardReader, host: Host, gone: str) -> None:
    left = "contactless" if gone == "socket" else "socket"
    simulator.ask("reader", plugged=False, transport=gone)
    assert reader.status().state is DeviceState.ONLINE
    simulator.insert("zhangsan", transport=left)
    assert next_event(reader, host) == CardInserted()
    assert name(reader, host) == PersonName("张三")


def test_without_both_there_is_no_reader(simulator: Simulator, reader: CardReader, host: Host) -> None:
    for transport in ("socket", "contactless"):
        simulator.ask("reader", plugged=False, transport=transport)
    assert reader.status().state is DeviceState.NO_DEVICE
    assert reader.read(after(host.clock, 1), Cancel()) == CardNotRead(FaultCode.CARD_READER_GONE)
    simulator.ask("reader", plugged=True, transport="contactless")
    simulator.insert("zhangsan", transport="contactless")
    assert next_event(reader, host) == CardInserted()


def test_an_empty_pair_of_slots_cannot_be_read(simulator: Simulator, reader: CardReader, host: Host) -> None:
    assert reader.read(after(host.clock, 20), Cancel()) == CardNotRead(FaultCode.CARD_PULLED)


def test_waiting_ends_when_cancelled(simulator: Simulator, reader: CardReader, host: Host) -> None:
    call = Call(lambda cancel: reader.wait(after(host.clock, FAR_SECONDS), cancel))
    assert call.cancelled() is None
