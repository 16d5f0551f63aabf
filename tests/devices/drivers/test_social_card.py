import logging
from collections.abc import Iterator

import pytest
from pydantic import ValidationError

from devices.conformance.waiting import after
from devices.drivers import social_card
from devices.drivers.social_card import PcscSettings, SocketSettings
from devices.sim.client import Simulator
from kiosk.domain.personal import PersonName
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.card_reader import CardNotRead, CardRead, CardReader, CardReading
from kiosk.ports.driver import Host
from tests.devices.support.simulator import Running


@pytest.fixture
def lenient(sim: Running, host: Host) -> Iterator[CardReader]:
    reader = social_card.simulated.make(SocketSettings(socket=sim.ready["card"], check_card_number=False), host)
    yield reader
    reader.close()


def read(reader: CardReader, host: Host) -> CardReading | None:
    reader.open()
    return reader.read(after(host.clock, 20), Cancel())


def test_the_check_of_card_numbers_can_be_switched_off(simulator: Simulator, lenient: CardReader, host: Host) -> None:
    simulator.insert("zhangsan", flaw="bad_card_number")
    reading = read(lenient, host)
    assert isinstance(reading, CardRead)
    assert reading.identity.name == PersonName("张三")


def test_long_names_of_rare_characters_are_read(simulator: Simulator, lenient: CardReader, host: Host) -> None:
    name = "阿卜杜热合曼𬭎·买买提江尔𬭎艾力"
    simulator.insert("zhangsan", name=name)
    reading = read(lenient, host)
    assert isinstance(reading, CardRead)
    assert reading.identity.name == PersonName(name)


def test_an_expired_card_is_read_and_says_its_date(simulator: Simulator, lenient: CardReader, host: Host) -> None:
    """Whether it still serves is for the visit to decide."""
    simulator.insert("zhangsan", flaw="expired")
    reading = read(lenient, host)
    assert isinstance(reading, CardRead)
    assert reading.identity.expiry is not None
    assert reading.identity.expiry.isoformat() == "2009-12-31"


def test_the_log_says_what_was_wrong_by_name(
    simulator: Simulator, lenient: CardReader, host: Host, caplog: pytest.LogCaptureFixture
) -> None:
    simulator.insert("zhangsan", flaw="bad_date")
    with caplog.at_level(logging.INFO):
        assert read(lenient, host) == CardNotRead(FaultCode.CARD_UNREADABLE)
    (record,) = [each for each in caplog.records if each.name == host.log.name]
    assert (record.getMessage(), record.__dict__["error"]) == ("card not read", "EXPIRY")


def test_a_misspelt_setting_is_refused_by_name() -> None:
    with pytest.raises(ValidationError, match="raeder"):
        PcscSettings.model_validate({"raeder": "ACR38"})


def test_only_the_driver_on_the_simulators_socket_is_simulated() -> None:
    assert (social_card.pcsc.simulated, social_card.simulated.simulated) == (False, True)
