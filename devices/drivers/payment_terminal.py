"""A card terminal on a serial line, in the words of `devices.wire.payment_terminal`.

Makers have words of their own, and none publishes them: a terminal of theirs comes with a driver of theirs, under the
same contract. So this one is announced for the simulator alone.
"""

from __future__ import annotations

from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from devices.drivers.exchange import Exchange, SilentError
from devices.transport.errors import DeviceGoneError, GarbledError, InterruptedTransferError
from devices.transport.serial_line import serial_line
from devices.wire import payment_terminal as wire
from devices.wire.payment_terminal import Condition, Misfit, NotPaid, RefundStand, Why
from kiosk.domain.money import Money
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.driver import Driver, Host
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.payment import Closed, PaidBack, Pending
from kiosk.ports.payment_terminal import Failure, InProgress, PaidByCard, PaymentTerminal

_STATUS_SECONDS: Final = 1.0
_GONE: Final = FaultCode.PAYMENT_TERMINAL_GONE
_UNKNOWN: Final = FaultCode.PAYMENT_UNKNOWN
_REFUSALS: Final = {Why.DECLINED: FaultCode.PAYMENT_REFUSED}

OrderAnswer = InProgress | PaidByCard | Failure


class TerminalSettings(BaseModel):
    """`[devices.payment_terminal]`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    port: str = Field(description="串口，例如 /dev/kiosk-payment-terminal")
    baud: int = Field(default=115200, description="波特率")
    answer_seconds: float = Field(default=3.0, gt=0, description="等终端应答一条指令的秒数；与等银行、等患者无关")


class SerialPaymentTerminal:
    """A `PaymentTerminal`. An answer that holds what may be a card number is thrown away whole, and its sender is
    distrusted until it is opened anew: it has shown that it does not keep cards to itself.
    """

    def __init__(self, exchange: Exchange, host: Host) -> None:
        self._exchange, self._clock, self._log = exchange, host.clock, host.log
        self._leaked = False

    def open(self) -> None:
        self._leaked = False
        try:
            self._exchange.open()
        except DeviceGoneError:
            self._log.info("payment terminal absent")

    def close(self) -> None:
        self._exchange.close()

    def status(self) -> Health:
        if self._leaked:
            return Health(DeviceState.POTENTIAL_FRAUD, (_GONE,))
        try:
            soon = Monotonic(self._clock.monotonic() + _STATUS_SECONDS)
            said = wire.read_condition(self._exchange.ask(("S",), soon, Cancel()))
        except (SilentError, GarbledError, InterruptedTransferError):
            return Health(DeviceState.OFFLINE, (_GONE,))
        except DeviceGoneError:
            return Health(DeviceState.NO_DEVICE, (_GONE,))
        if said is Misfit.LEAK:
            self._distrust()
            return Health(DeviceState.POTENTIAL_FRAUD, (_GONE,))
        match said:
            case Condition.READY:
                return Health(DeviceState.ONLINE)
            case Condition.BUSY:
                return Health(DeviceState.DEVICE_BUSY)
            case Condition.BROKEN | Misfit():
                return Health(DeviceState.HARDWARE_ERROR, (_GONE,))

    def collect(self, order: str, amount: Money, deadline: Monotonic, cancel: Cancel) -> OrderAnswer:
        if amount.fen <= 0 or not wire.is_order(order):
            raise ValueError("an order has 20 to 32 characters and a sum")
        if self._leaked:
            return NotSent(_GONE)
        answer = self._order(("C", order, str(amount.fen)), order, deadline, cancel)
        return _as_failure(answer, busy=NotSent(_GONE))

    def query(self, order: str, deadline: Monotonic, cancel: Cancel) -> OrderAnswer:
        return _as_failure(self._order(("Q", order), order, deadline, cancel))

    def abort(self, order: str, deadline: Monotonic, cancel: Cancel) -> Closed | InProgress | PaidByCard | Failure:
        answer = self._order(("A", order), order, deadline, cancel)
        return Closed() if isinstance(answer, NotPaid) else answer

    def refund(
        self, order: str, refund_order: str, amount: Money, deadline: Monotonic, cancel: Cancel
    ) -> PaidBack | Pending | Failure:
        if amount.fen <= 0 or not wire.is_order(refund_order):
            raise ValueError("a refund has a key of its own and a sum")
        fields = self._ask(("R", order, refund_order, str(amount.fen)), deadline, cancel)
        if not isinstance(fields, tuple):
            return fields
        match wire.read_refund(fields, refund_order):
            case RefundStand.DONE:
                return PaidBack()
            case RefundStand.WAITING:
                return Pending()
            case RefundStand.IMPOSSIBLE:
                return Refused(FaultCode.STAFF_MUST_RESOLVE)
            case Misfit() as misfit:
                return self._misfit(misfit)

    def _order(
        self, question: tuple[str, ...], order: str, deadline: Monotonic, cancel: Cancel
    ) -> InProgress | PaidByCard | NotPaid | NotSent | Unknown:
        fields = self._ask(question, deadline, cancel)
        if not isinstance(fields, tuple):
            return fields
        answer = wire.read_order(fields, order)
        return self._misfit(answer) if isinstance(answer, Misfit) else answer

    def _ask(
        self, question: tuple[str, ...], deadline: Monotonic, cancel: Cancel
    ) -> tuple[str, ...] | NotSent | Unknown:
        """The one place where a cable's exception becomes a value. What was sent and not answered is unknown."""
        try:
            return self._exchange.ask(question, deadline, cancel)
        except InterruptedTransferError as cut:
            return Unknown(_UNKNOWN, "no answer in time") if cut.sent else NotSent(_GONE)
        except SilentError:
            return Unknown(_UNKNOWN, "no answer")
        except GarbledError:
            return Unknown(_UNKNOWN, "no frame")
        except DeviceGoneError:
            return NotSent(_GONE)

    def _misfit(self, misfit: Misfit) -> Unknown:
        if misfit is Misfit.LEAK:
            self._distrust()
        return Unknown(_UNKNOWN, misfit.value)

    def _distrust(self) -> None:
        if not self._leaked:
            self._log.info("payment terminal sent what may be a card number", extra={"fault": _GONE})
        self._leaked = True


def _as_failure(answer: OrderAnswer | NotPaid, busy: NotSent | None = None) -> OrderAnswer:
    """Not paid is a refusal; a terminal that has another order in hand has not taken this one."""
    if not isinstance(answer, NotPaid):
        return answer
    if answer.why is Why.BUSY and busy is not None:
        return busy
    return Refused(_REFUSALS.get(answer.why, FaultCode.PAYMENT_NOT_MADE), answer.text)


def _make(settings: TerminalSettings, host: Host) -> PaymentTerminal:
    line = serial_line(settings.port, settings.baud, host.clock)
    return SerialPaymentTerminal(Exchange(line, host.clock, settings.answer_seconds), host)


simulated: Driver[PaymentTerminal] = Driver(TerminalSettings, simulated=True, make=_make)
