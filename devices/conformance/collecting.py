"""Makes a bench file into a file of tests: one class a device, joined of its kind's contract and of what every device
promises.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from devices.conformance.bench import Bench
from devices.conformance.bench_file import BenchFileWrongError, read_bench_file
from devices.conformance.every_device import EveryDevice
from devices.conformance.kinds import Device
from devices.conformance.operators import Operator, Operators
from devices.conformance.seat import Seat
from kiosk.plugins import PluginMissing


class BenchModule(pytest.Module):
    """A bench file as pytest sees it: `bench.toml::TestMyReader::test_…`."""

    def _getobj(self) -> types.ModuleType:
        try:
            return tests_of(self.path)
        except BenchFileWrongError as error:
            raise self.CollectError(str(error)) from error


def tests_of(path: Path) -> types.ModuleType:
    """A module with a test class for each device of the bench file."""
    bench_file = read_bench_file(path)
    module = types.ModuleType(path.stem, f"The kit on the devices of {path.name}.")
    for entry in bench_file.device:
        seat = Seat(bench_file, entry)
        _check(seat, path.name)
        made = _test_class(seat)
        setattr(module, made.__name__, made)
    return module


def _check(seat: Seat, name: str) -> None:
    """What every one of its tests would stumble over; a bad value is left to them, for a driver may know more of it."""
    entry, where = seat.entry, f"{name}: {seat.entry.title}"
    try:
        fields = seat.driver.settings.model_fields
    except PluginMissing as missing:
        raise BenchFileWrongError(f"{where}: {missing}；先 pip install 它 · pip install it first") from missing
    known = {field.alias or key for key, field in fields.items()}
    lacking = {field.alias or key for key, field in fields.items() if field.is_required()} - entry.settings.keys()
    if unknown := sorted(entry.settings.keys() - known):
        told = f"{', '.join(unknown)}: 没有这个键 · no such key; {', '.join(sorted(known))}"
        raise BenchFileWrongError(f"{where}: settings: {told}")
    if lacking:
        raise BenchFileWrongError(f"{where}: settings: {', '.join(sorted(lacking))}: 缺这一项 · missing")


def _test_class(seat: Seat) -> type:
    name = f"Test{seat.entry.title.title().replace('_', '')}"
    fixtures = {
        "bench": _bench,
        "kit_operator": _operator,
        seat.kind.device: _device,
        "device": _same(seat.kind.device),
    }
    return type(name, (seat.kind.contract, EveryDevice), {"seat": seat, **fixtures})


@pytest.fixture(name="kit_operator")
def _operator(self: EveryDevice, kit_operators: Operators) -> Iterator[Operator]:
    with kit_operators.operator(self.seat.bench_file) as operator:
        yield operator


@pytest.fixture(name="bench")
def _bench(self: EveryDevice, kit_operator: Operator) -> Iterator[Bench]:
    stand: Any = self.seat.kind.stand(kit_operator.hand, self.seat.host.clock, **self.seat.entry.stand)
    stand.forgo(kit_operator.unable | self.seat.entry.unable)
    yield stand
    assert stand.violations() == []


@pytest.fixture
def _device(self: EveryDevice, bench: Bench, kit_operator: Operator) -> Iterator[Device]:
    del bench  # it is laid out before the device is made
    device = self.seat.make(kit_operator.places)
    yield device
    device.close()


def _same(fixture: str) -> Any:
    """The device under the name that all kinds share."""

    @pytest.fixture
    def device(self: EveryDevice, request: pytest.FixtureRequest) -> Any:
        del self
        return request.getfixturevalue(fixture)

    return device
