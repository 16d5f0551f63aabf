from collections.abc import Iterator

import pytest
from pydantic import ValidationError

from devices.conformance.waiting import FAR_SECONDS, Call, after, until
from devices.drivers import sam_v
from devices.drivers.sam_v import SamVSettings
from devices.sim.client import Simulator
from kiosk.domain.personal import Portrait
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.driver import Host
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.id_reader import IdCardNotRead, IdCardPlaced, IdCardRead, IdReader
from tests.devices.support.simulator import Running


@pytest.fixture
def reader(sim: Running, host: Host) -> Iterator[IdReader]:
    reader = sam_v.simulated.make(SamVSettings(port=sim.ready["id_reader"], answer_seconds=0.5), host)
    yield reader
    reader.close()


def read(reader: IdReader, host: Host) -> IdCardRead | IdCardNotRead | None:
    return Call(lambda cancel: reader.read(after(host.clock, FAR_SECONDS), cancel)).result()


def test_the_portrait_comes_as_the_reader_gave_it(simulator: Simulator, reader: IdReader, host: Host) -> None:
    reader.open()
    simulator.lay("zhangsan")
    reading = read(reader, host)
    assert isinstance(reading, IdCardRead)
    assert reading.portrait == Portrait(b"MONI" * 256)


def test_a_reader_is_brought_to_the_agreed_speed(simulator: Simulator, sim: Running, host: Host) -> None:
    """Once, not at every opening."""
    simulator.ask("id_reader", baud=9600)
    reader = sam_v.simulated.make(SamVSettings(port=sim.ready["id_reader"], baud=57600), host)
    reader.open()
    assert reader.status() == Health(DeviceState.ONLINE)
    assert simulator.state()["id_reader"]["baud"] == 57600
    reader.close()
    asked = simulator.state()["id_reader"]["asked"]
    reader.open()
    assert reader.status() == Health(DeviceState.ONLINE)
    assert simulator.state()["id_reader"]["asked"] == asked + 1
    reader.close()


def test_a_mute_reader_is_not_asked_again_by_whoever_only_wants_to_know(simulator: Simulator, reader: IdReader) -> None:
    simulator.ask("id_reader", silent=True)
    reader.open()
    gone = Health(DeviceState.OFFLINE, (FaultCode.ID_READER_GONE,))
    assert [reader.status(), reader.status()] == [gone, gone]
    asked = simulator.state()["id_reader"]["asked"]
    reader.status()
    assert simulator.state()["id_reader"]["asked"] == asked


def test_a_late_answer_is_waited_for_and_dropped(simulator: Simulator, reader: IdReader, host: Host) -> None:
    """Else the next command would take it for its own."""
    reader.open()
    assert reader.status().usable
    simulator.ask("id_reader", read_ms=300)
    simulator.lay("lihong")
    assert reader.read(after(host.clock, 0.1), Cancel()) is None
    simulator.lift()
    simulator.lay("zhangsan")
    assert reader.wait(after(host.clock, 1.0), Cancel()) is None  # given up on, so it counts as tried
    simulator.lift()
    assert reader.wait(after(host.clock, 0.1), Cancel()) is None
    simulator.lay("zhangsan")
    assert Call(lambda cancel: reader.wait(after(host.clock, FAR_SECONDS), cancel)).result() == IdCardPlaced()


def test_a_reader_plugged_into_another_machine_and_back_is_found(simulator: Simulator, reader: IdReader) -> None:
    reader.open()
    assert reader.status().usable
    for _ in range(3):
        simulator.ask("id_reader", plugged=False)
        assert reader.status().state is DeviceState.NO_DEVICE
        simulator.ask("id_reader", plugged=True)
        until(lambda: reader.status().usable)


@pytest.mark.parametrize("wrong", [{}, {"port": "x", "baud": 4800}, {"port": "x", "prot": "y"}])
def test_settings_that_make_no_sense_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        SamVSettings.model_validate(wrong)


def test_the_same_driver_is_announced_as_real_and_as_simulated() -> None:
    assert (sam_v.real.simulated, sam_v.simulated.simulated) == (False, True)
