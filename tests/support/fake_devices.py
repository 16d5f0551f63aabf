"""Devices in memory: what a driver would say, and what a thread would do with it."""

from __future__ import annotations

import threading
from collections import deque

from kiosk.domain.insured import CardIdentity, IdCardIdentity
from kiosk.domain.paper import PaperShape, Slip
from kiosk.domain.personal import Portrait, Voucher
from kiosk.domain.speech import Speech
from kiosk.faults import FaultCode
from kiosk.ports.camera import BYTES_A_PIXEL, Frame
from kiosk.ports.cancellation import Cancel
from kiosk.ports.card_reader import CardEvent, CardInserted, CardNotRead, CardRead, CardReading, CardRemoved
from kiosk.ports.clock import Monotonic
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.id_reader import IdCardNotRead, IdCardPlaced, IdCardRead, IdCardReading
from kiosk.ports.keypad import Key, KeyPressed
from kiosk.ports.page_printer import PageNotPrinted, PagePrinted, PageResult
from kiosk.ports.receipt_printer import SlipNotPrinted, SlipPrinted, SlipResult
from kiosk.ports.scanner import CodeRejected, CodeScanned, ScanEvent
from kiosk.ports.speaker import Said

_ONLINE = Health(DeviceState.ONLINE)


class _Device:
    """Opened and closed as often as one likes; `breaks` are what the next calls throw, as a bad driver does."""

    def __init__(self) -> None:
        self.health = _ONLINE
        self.opened = 0
        self.breaks: deque[Exception] = deque()
        self._changed = threading.Condition()

    def open(self) -> None:
        self._crack()
        self.opened += 1

    def close(self) -> None:
        pass

    def status(self) -> Health:
        self._crack()
        return self.health

    def _crack(self) -> None:
        if self.breaks:
            raise self.breaks.popleft()

    def _await(self, cancel: Cancel, deadline: Monotonic) -> None:
        """Until something changes, or the wait is cancelled; the deadline is the clock's business, not ours."""
        del deadline
        with cancel.wake(self._wake), self._changed:
            self._changed.wait_for(lambda: self._ready() or cancel.cancelled, timeout=20.0)

    def _ready(self) -> bool:
        return True

    def _wake(self) -> None:
        with self._changed:
            self._changed.notify_all()


class FakeReader(_Device):
    """A slot; `insert` and `remove` may be called from any thread."""

    def __init__(self) -> None:
        super().__init__()
        self._events: deque[CardEvent] = deque()
        self._card: CardIdentity | FaultCode | None = None

    def insert(self, card: CardIdentity | FaultCode) -> None:
        self._card = card
        self._events.append(CardInserted())
        self._wake()

    def remove(self) -> None:
        self._card = None
        self._events.append(CardRemoved())
        self._wake()

    def wait(self, deadline: Monotonic, cancel: Cancel) -> CardEvent | None:
        self._crack()
        self._await(cancel, deadline)
        return self._events.popleft() if self._events else None

    def read(self, deadline: Monotonic, cancel: Cancel) -> CardReading | None:
        del deadline, cancel
        self._crack()
        match self._card:
            case None:
                return CardNotRead(FaultCode.CARD_PULLED)
            case FaultCode() as fault:
                return CardNotRead(fault)
            case CardIdentity() as identity:
                return CardRead(identity)

    def _ready(self) -> bool:
        return bool(self._events)


class FakeIdReader(_Device):
    """A plate; `lay` and `lift` may be called from any thread. A card that was read must be lifted first."""

    def __init__(self) -> None:
        super().__init__()
        self._card: IdCardIdentity | FaultCode | None = None
        self._spent = False
        self.breaks_reading = False

    def lay(self, card: IdCardIdentity | FaultCode) -> None:
        self._card, self._spent = card, False
        self._wake()

    def lift(self) -> None:
        self._card = None

    def wait(self, deadline: Monotonic, cancel: Cancel) -> IdCardPlaced | None:
        self._crack()
        self._await(cancel, deadline)
        return IdCardPlaced() if self._ready() and not cancel.cancelled else None

    def read(self, deadline: Monotonic, cancel: Cancel) -> IdCardReading | None:
        del deadline, cancel
        self._crack()
        self._spent = True
        if self.breaks_reading:
            raise OSError("the plate is out")
        match self._card:
            case None:
                return IdCardNotRead(FaultCode.ID_CARD_LIFTED)
            case FaultCode() as fault:
                return IdCardNotRead(fault)
            case IdCardIdentity() as identity:
                return IdCardRead(identity, Portrait(b"WLf"))

    def _ready(self) -> bool:
        return self._card is not None and not self._spent


class FakeScanner(_Device):
    """Sees codes only while it scans; what is shown otherwise is gone."""

    def __init__(self) -> None:
        super().__init__()
        self.scanning = threading.Event()
        self._seen: deque[ScanEvent] = deque()

    def show(self, code: str | None) -> None:
        """None shows what no code contains."""
        if self.scanning.is_set():
            self._seen.append(CodeScanned(Voucher(code)) if code else CodeRejected())
            self._wake()

    def scan(self, deadline: Monotonic, cancel: Cancel) -> ScanEvent | None:
        self._crack()
        self._seen.clear()
        self.scanning.set()
        try:
            self._await(cancel, deadline)
        finally:
            self.scanning.clear()
        return self._seen.popleft() if self._seen and not cancel.cancelled else None

    def _ready(self) -> bool:
        return bool(self._seen)


class FakeReceiptPrinter(_Device):
    """Keeps what it printed; `fault` is why it prints nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.slips: list[Slip] = []
        self.fault: FaultCode | None = None

    @property
    def shape(self) -> PaperShape:
        return PaperShape(58, 384, 32)

    def print(self, slip: Slip, deadline: Monotonic, cancel: Cancel) -> SlipResult:
        del deadline, cancel
        self._crack()
        if self.fault is not None:
            return SlipNotPrinted(self.fault, started=False)
        self.slips.append(slip)
        return SlipPrinted()


class FakePagePrinter(_Device):
    """Keeps the names of what it printed."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: list[str] = []
        self.fault: FaultCode | None = None

    def print(self, name: str, pdf: bytes, deadline: Monotonic, cancel: Cancel) -> PageResult:
        del pdf, deadline, cancel
        self._crack()
        if self.fault is not None:
            return PageNotPrinted(self.fault)
        self.pages.append(name)
        return PagePrinted(name)


class FakeCamera(_Device):
    """Takes small grey pictures as fast as one a hundredth of a second, and none while it is not usable."""

    def __init__(self) -> None:
        super().__init__()
        self.frames = self.rests = 0

    def frame(self, deadline: Monotonic, cancel: Cancel) -> Frame | None:
        self._crack()
        if cancel.sleep(0.01) or not self.health.usable:
            return None
        self.frames += 1
        return Frame(bytes([self.frames % 256]) * 4 * BYTES_A_PIXEL, 2, 2, self.frames - 1, deadline)

    def rest(self) -> None:
        self.rests += 1


class FakeKeypad(_Device):
    """`press` may be called from any thread."""

    def __init__(self) -> None:
        super().__init__()
        self._pressed: deque[Key] = deque()

    def press(self, *keys: Key) -> None:
        self._pressed.extend(keys)
        self._wake()

    def wait(self, deadline: Monotonic, cancel: Cancel) -> KeyPressed | None:
        self._crack()
        self._await(cancel, deadline)
        return KeyPressed(self._pressed.popleft()) if self._pressed else None

    def _ready(self) -> bool:
        return bool(self._pressed)


class FakeSpeaker(_Device):
    """Remembers what was said, and how it ended. With `slow` a speech lasts until it is cut off."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[tuple[Speech, Said]] = []
        self.speaking = threading.Event()
        self.slow = False

    def say(self, speech: Speech, cancel: Cancel) -> Said:
        self._crack()
        self.speaking.set()
        while self.slow and not cancel.sleep(0.01):
            pass
        ending = Said.CUT_OFF if cancel.cancelled else Said.WHOLE
        self.said.append((speech, ending))
        return ending
