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
        made = _test_class(Seat(bench_file, entry))
        setattr(module, made.__name__, made)
    return module


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
