"""A plate for ID cards, what may be done to it, and the steps that its contracts share."""

from __future__ import annotations

from typing import Final, Literal, Protocol

from devices.conformance.bench import Bench, Contract
from devices.conformance.waiting import FAR_SECONDS, Call, after
from kiosk.domain.insured import IdCardIdentity
from kiosk.domain.personal import PersonName, ResidentId
from kiosk.ports.cancellation import Cancel
from kiosk.ports.id_reader import IdCardPlaced, IdCardRead, IdCardReading, IdReader

Step = Literal["find", "select", "read"]
STEPS: Final[tuple[Step, ...]] = ("find", "select", "read")


class IdReaderBench(Bench, Protocol):
    """The card is that of `holder`; `lay` takes the options of docs/simulators.md that the bench is able to."""

    holder: PersonName
    resident_id: ResidentId

    def lay(self, **how: str | int | bool) -> None:
        """Lay the card down, beside whatever lies there."""
        ...

    def lift(self) -> None:
        """Take everything away; returns once the reader could notice."""
        ...

    def find_again(self) -> None:
        """From now on the reader finds a card that it has read already, as some do, until it is lifted."""
        ...

    def spoil(self, kind: str, step: Step, at: int) -> None:
        """Spoil the reader's next answer in that step on its way, at that byte: garbage, flip, cut, split, twice …"""
        ...

    def slow_line(self, *, fragment: int, pause_ms: float) -> None: ...

    def slow_down(self, read_ms: int) -> None:
        """From now on a card takes so long to be read."""
        ...

    def fall_silent(self) -> None: ...

    def speak_again(self) -> None: ...

    def fall_ill(self, how: Literal["self_test_failed", "not_authorised"]) -> None: ...

    def recover(self) -> None: ...

    def speak_at(self, baud: int) -> None:
        """Another user has left the reader at this speed."""
        ...

    def asked(self) -> int:
        """How many commands the reader has had."""
        ...


class IdTrials(Contract):
    """Steps of the contracts of ID card readers."""

    def lay_anew(self, bench: IdReaderBench, reader: IdReader) -> None:
        """Lift what lies there for as long as it takes to be noticed, and lay the card down."""
        bench.lift()
        assert reader.wait(after(bench.clock, 0.05), Cancel()) is None
        bench.lay()

    def waiting(self, bench: IdReaderBench, reader: IdReader) -> Call[IdCardPlaced | None]:
        return Call(lambda cancel: reader.wait(after(bench.clock, FAR_SECONDS), cancel))

    def next_event(self, bench: IdReaderBench, reader: IdReader) -> IdCardPlaced | None:
        """The next event, however long it takes; losing the reader on the way, or finding it, is no event."""
        for _ in range(3):
            event = self.waiting(bench, reader).result()
            if event is not None:
                return event
        return None

    def read(self, bench: IdReaderBench, reader: IdReader) -> IdCardReading | None:
        return Call(lambda cancel: reader.read(after(bench.clock, FAR_SECONDS), cancel)).result()

    def identity(self, bench: IdReaderBench, reader: IdReader) -> IdCardIdentity:
        reading = self.read(bench, reader)
        assert isinstance(reading, IdCardRead), reading
        return reading.identity
