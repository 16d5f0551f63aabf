"""A certified terminal of the insurance (医保业务综合服务终端): reads e-vouchers and compares faces by itself.

Its camera, its comparison and its line to the platform are its own; the kiosk says what for and hears a number or a
person. Neither picture nor score comes here. What our own camera finds is no substitute (`kiosk.ports.face`).

Two ways lead to a person. Terminal-driven: the terminal wakes scanner or camera, shows its own pictures and answers;
`FaceTerminal`. Kiosk-driven: our scanner has read the code, or the terminal has given a face number, and the front
server says who that is; `VoucherCentre`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kiosk.domain.insured import VoucherIdentity
from kiosk.domain.money import Money
from kiosk.domain.personal import Voucher
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.health import Health


class Business(StrEnum):
    """businessType: what the person is asked for; one reading serves no other business."""

    REGISTERING = "01101"
    INPATIENT_FILE = "01102"
    ADMISSION = "01103"
    DEPOSIT = "01104"
    SETTLING = "01301"
    FETCHING_MEDICINE = "01302"
    PRINTING = "01304"


@dataclass(frozen=True, slots=True)
class Errand:
    """One reading: what for, and outBizNo, a number of up to 64 characters that was never used before. The steps of
    one errand share it.
    """

    business: Business
    number: str


@dataclass(frozen=True, slots=True)
class FaceAuthorised:
    """The face before the terminal is that of an insured person; whose, the front server tells for this number."""

    auth_no: Voucher


@dataclass(frozen=True, slots=True)
class HolderFound:
    """Whose voucher or face it is."""

    identity: VoucherIdentity


@dataclass(frozen=True, slots=True)
class NotAuthorised:
    """FACE_NOT_AUTHORISED, VOUCHER_REFUSED or FACE_TERMINAL_GONE; `reason` is the terminal's own sentence."""

    fault: FaultCode
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SettleNotice:
    """What the terminal's own screen shows of a settlement; None where nothing was settled."""

    settled: bool
    setl_id: str = ""
    total: Money | None = None
    fund: Money | None = None
    account: Money | None = None
    own: Money | None = None


class FaceTerminal(Protocol):
    """Used by one thread; only `Cancel` crosses threads.

    A call that ends, however it ends, leaves no camera on and nobody's face or code in the terminal. `open` twice,
    `close` twice and `open` after `close` are allowed; a terminal that is not there opens all the same.
    """

    def open(self) -> None: ...

    def close(self) -> None: ...

    def status(self) -> Health: ...

    def authorise(self, errand: Errand, deadline: Monotonic, cancel: Cancel) -> FaceAuthorised | NotAuthorised | None:
        """cn.nhsa.ec.auth: look at a face. None at the deadline or when cancelled."""
        ...

    def read_voucher(self, errand: Errand, deadline: Monotonic, cancel: Cancel) -> HolderFound | NotAuthorised | None:
        """cn.nhsa.qrcode.get: read a code with the terminal's own scanner, and say whose it is. None at the deadline
        or when cancelled.
        """
        ...

    def show(self, errand: Errand, notice: SettleNotice, deadline: Monotonic, cancel: Cancel) -> bool:
        """cn.nhsa.settle.notify; whether the terminal took it. Nothing hangs on it."""
        ...


Failure = NotSent | Refused | Unknown


class VoucherCentre(Protocol):
    """The front server of the e-voucher centre. Calls wait for their reply; used by one thread."""

    def holder_of_code(self, errand: Errand, code: Voucher) -> HolderFound | Failure:
        """ec.query with a code that the kiosk's own scanner has read; a code serves once."""
        ...

    def holder_of_face(self, errand: Errand, auth_no: Voucher) -> HolderFound | Failure:
        """cn.nhsa.auth.check, for the same errand; a number serves once."""
        ...

    def notify(self, errand: Errand, notice: SettleNotice) -> bool:
        """cn.nhsa.settle.notify, for the person's own application."""
        ...
