"""The simulated card terminal under its contract, on a serial line."""

from collections.abc import Iterator

import pytest

from devices.conformance.payment_terminal import PaymentTerminalBench, PaymentTerminalContract
from devices.drivers import payment_terminal
from devices.sim.client import Simulator
from kiosk.ports.driver import Host
from kiosk.ports.payment_terminal import PaymentTerminal
from tests.devices.support.sealed import SimulatedCardPayments
from tests.devices.support.simulator import Running


class TestPaymentTerminal(PaymentTerminalContract):
    @pytest.fixture
    def bench(self, simulator: Simulator, host: Host) -> PaymentTerminalBench:
        return SimulatedCardPayments(simulator, host.clock)

    @pytest.fixture
    def terminal(self, sim: Running, host: Host) -> Iterator[PaymentTerminal]:
        settings = payment_terminal.TerminalSettings(port=sim.ready["payment_terminal"], answer_seconds=0.3)
        terminal = payment_terminal.simulated.make(settings, host)
        yield terminal
        terminal.close()
