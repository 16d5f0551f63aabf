"""The contract of code scanners."""

from __future__ import annotations

from typing import Final, Protocol

import pytest

from devices.conformance.bench import Ability, Bench, Contract, need
from devices.conformance.groups import claims, deadlines, discovery, framing, health, lifecycle, privacy
from devices.conformance.waiting import FAR_SECONDS, Call, after, open_files, until
from kiosk.domain.personal import Voucher
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.scanner import CodeRejected, CodeScanned, ScanEvent, Scanner

SWITCHED_SECONDS: Final = 0.5
"""Ample for a command on the line and a lamp."""


class ScannerBench(Bench, Protocol):
    """`code` and `other_code` are what its hands show; both fit the scanner's length."""

    code: str
    other_code: str

    def show(self, code: str) -> None:
        """Hold a code before the window until it is read."""
        ...

    def take_away(self) -> None: ...

    def noise(self, raw: bytes) -> None:
        """Bytes on the line that are no code; returns once they are on their way."""
        ...

    def spoil(self, kind: str, at: int) -> None:
        """Spoil the next code on its way, at that byte: garbage, flip, cut, split, twice, yank."""
        ...

    def send_unasked(self, code: str) -> None:
        """Have the scanner send a code now, asked or not; returns once it has left."""
        ...

    def line(self, *, baud: int, fragment: int, pause_ms: float) -> None: ...

    def deafen(self) -> None:
        """From now on the scanner answers no command; it still looks and reads."""
        ...

    def refuse_commands(self) -> None:
        """From now on the scanner refuses commands and does not look."""
        ...

    def light(self) -> bool: ...


class ScannerContract(Contract):
    """What the kiosk may rely on."""

    @lifecycle
    def test_opening_and_closing_twice_is_allowed(self, scanner: Scanner) -> None:
        scanner.open()
        scanner.open()
        scanner.close()
        scanner.close()
        scanner.open()
        assert scanner.status().usable

    @lifecycle
    def test_opening_leaves_nothing_behind(self, scanner: Scanner) -> None:
        scanner.open()
        scanner.close()
        before = open_files()
        for _ in range(10):
            scanner.open()
            scanner.status()
            scanner.close()
        assert open_files() == before

    def test_a_code_held_before_the_window_is_read(self, bench: ScannerBench, scanner: Scanner) -> None:
        scanner.open()
        bench.show(bench.code)
        assert self.scan(bench, scanner) == CodeScanned(Voucher(bench.code))
        assert scanner.status().usable

    def test_a_code_shown_while_waiting_is_read(self, bench: ScannerBench, scanner: Scanner) -> None:
        scanner.open()
        call = self.looking(bench, scanner)
        bench.show(bench.code)
        assert call.result() == CodeScanned(Voucher(bench.code))

    def test_the_light_is_on_only_while_somebody_waits(self, bench: ScannerBench, scanner: Scanner) -> None:
        need(bench, Ability.SEE_LIGHT)
        scanner.open()
        assert not bench.light()
        call = self.looking(bench, scanner)
        assert call.cancelled() is None
        self.dark(bench)

    @deadlines
    def test_waiting_ends_at_the_deadline(self, bench: ScannerBench, scanner: Scanner) -> None:
        scanner.open()
        assert scanner.scan(after(bench.clock, 0.2), Cancel()) is None
        self.dark(bench)
        bench.show(bench.code)
        assert self.scan(bench, scanner) == CodeScanned(Voucher(bench.code))

    @deadlines
    def test_a_scan_that_was_cancelled_before_it_began_ends_at_once(
        self, bench: ScannerBench, scanner: Scanner
    ) -> None:
        scanner.open()
        cancel = Cancel()
        cancel.cancel()
        assert Call(lambda _: scanner.scan(after(bench.clock, FAR_SECONDS), cancel)).result() is None
        self.dark(bench)
        bench.show(bench.code)
        assert self.scan(bench, scanner) == CodeScanned(Voucher(bench.code))

    @privacy
    def test_a_code_for_nobody_does_not_reach_the_next(self, bench: ScannerBench, scanner: Scanner) -> None:
        need(bench, Ability.STALE_CODE)
        scanner.open()
        bench.send_unasked(bench.code)
        bench.show(bench.other_code)
        assert self.scan(bench, scanner) == CodeScanned(Voucher(bench.other_code))

    @privacy
    def test_the_tail_of_a_code_for_nobody_does_not_reach_the_next(self, bench: ScannerBench, scanner: Scanner) -> None:
        need(bench, Ability.STALE_CODE)
        need(bench, Ability.LINE_SPEED)
        scanner.open()
        bench.line(baud=9600, fragment=1, pause_ms=5)
        bench.send_unasked(bench.code)
        call = self.looking(bench, scanner)
        bench.show(bench.other_code)
        assert call.result() == CodeScanned(Voucher(bench.other_code))

    def test_a_code_shown_twice_is_read_once_and_again_for_the_next_who_asks(
        self, bench: ScannerBench, scanner: Scanner
    ) -> None:
        scanner.open()
        bench.show(bench.code)
        assert self.scan(bench, scanner) == CodeScanned(Voucher(bench.code))
        assert scanner.scan(after(bench.clock, 0.2), Cancel()) is None
        self.dark(bench)
        bench.show(bench.code)
        assert self.scan(bench, scanner) == CodeScanned(Voucher(bench.code))

    @framing
    def test_a_slow_line_in_fragments_makes_no_difference(self, bench: ScannerBench, scanner: Scanner) -> None:
        need(bench, Ability.LINE_SPEED)
        scanner.open()
        bench.line(baud=9600, fragment=1, pause_ms=2)
        bench.show(bench.code)
        assert self.scan(bench, scanner) == CodeScanned(Voucher(bench.code))

    @framing
    @pytest.mark.parametrize("kind", ["split", "twice", "garbage", "flip", "cut"])
    def test_a_code_spoilt_at_any_byte_is_read_or_rejected_and_never_another(
        self, bench: ScannerBench, scanner: Scanner, kind: str
    ) -> None:
        need(bench, Ability.SPOILT_ANSWERS)
        scanner.open()
        for at in (1, len(bench.code) // 2, len(bench.code) - 1):
            bench.spoil(kind, at)
            bench.show(bench.code)
            event = self.scan(bench, scanner)
            assert event in {CodeScanned(Voucher(bench.code)), CodeRejected()}, f"{kind} at {at}"
            if kind in {"split", "twice"}:
                assert event == CodeScanned(Voucher(bench.code)), f"{kind} at {at}"
            self.dark(bench)
            bench.show(bench.other_code)
            assert self.scan(bench, scanner) == CodeScanned(Voucher(bench.other_code))
            self.dark(bench)

    @framing
    def test_a_cable_pulled_in_a_code_is_told_and_the_scanner_is_found_again(
        self, bench: ScannerBench, scanner: Scanner
    ) -> None:
        need(bench, Ability.SPOILT_ANSWERS)
        scanner.open()
        bench.spoil("yank", 7)
        bench.show(bench.code)
        assert self.scan(bench, scanner) is None
        assert not scanner.status().usable
        bench.plug()
        bench.show(bench.code)
        assert self.scan(bench, scanner) == CodeScanned(Voucher(bench.code))

    @framing
    def test_what_is_no_code_is_rejected_and_the_next_code_is_read(self, bench: ScannerBench, scanner: Scanner) -> None:
        need(bench, Ability.NOISE)
        scanner.open()
        for raw in (b"42\x0040\r", b"\xff\xfe\x80\r", b"1" * 513 + b"\r", b"1" * 4096 + b"\r", b"\x1b[A\r"):
            call = self.looking(bench, scanner)
            bench.noise(raw)
            assert call.result() == CodeRejected(FaultCode.CODE_UNREADABLE), raw[:8]
            self.dark(bench)
            bench.show(bench.code)
            assert self.scan(bench, scanner) == CodeScanned(Voucher(bench.code))

    def test_a_scanner_that_answers_no_command_may_still_read(self, bench: ScannerBench, scanner: Scanner) -> None:
        need(bench, Ability.SILENCE)
        scanner.open()
        bench.deafen()
        bench.show(bench.code)
        assert self.scan(bench, scanner) == CodeScanned(Voucher(bench.code))

    @claims("answers_commands")
    def test_a_scanner_that_refuses_commands_says_so(self, bench: ScannerBench, scanner: Scanner) -> None:
        need(bench, Ability.SILENCE)
        scanner.open()
        bench.refuse_commands()
        assert scanner.scan(after(bench.clock, 0.3), Cancel()) is None
        assert not scanner.status().usable
        assert FaultCode.SCANNER_GONE in scanner.status().warnings

    @health
    def test_a_scanner_that_goes_ends_the_wait_and_is_found_again(self, bench: ScannerBench, scanner: Scanner) -> None:
        need(bench, Ability.UNPLUG)
        scanner.open()
        call = self.looking(bench, scanner)
        bench.unplug()
        assert call.result() is None
        assert not scanner.status().usable
        assert FaultCode.SCANNER_GONE in scanner.status().warnings
        bench.plug()
        bench.show(bench.code)
        assert self.scan(bench, scanner) == CodeScanned(Voucher(bench.code))
        assert scanner.status().usable

    @health
    def test_a_scanner_that_goes_while_nobody_waits_is_noticed(self, bench: ScannerBench, scanner: Scanner) -> None:
        need(bench, Ability.UNPLUG)
        scanner.open()
        bench.unplug()
        assert not scanner.status().usable
        bench.plug()
        until(lambda: scanner.status().usable)

    @discovery
    def test_a_scanner_may_come_after_the_kiosk(self, bench: ScannerBench, scanner: Scanner) -> None:
        need(bench, Ability.UNPLUG)
        bench.unplug()
        scanner.open()
        assert not scanner.status().usable
        call = self.waiting(bench, scanner)
        bench.plug()
        bench.show(bench.code)
        assert call.result() == CodeScanned(Voucher(bench.code))

    def looking(self, bench: ScannerBench, scanner: Scanner) -> Call[ScanEvent | None]:
        """A scan whose light has come on; that of the scan before has gone out first."""
        self.dark(bench)
        call = self.waiting(bench, scanner)
        if Ability.SEE_LIGHT in bench.abilities:
            until(bench.light)
        else:
            Cancel().sleep(SWITCHED_SECONDS)
        return call

    def dark(self, bench: ScannerBench) -> None:
        """Wait until the light is off; a while where nobody can see it."""
        if Ability.SEE_LIGHT in bench.abilities:
            until(lambda: not bench.light())
        else:
            Cancel().sleep(SWITCHED_SECONDS)

    def waiting(self, bench: ScannerBench, scanner: Scanner) -> Call[ScanEvent | None]:
        return Call(lambda cancel: scanner.scan(after(bench.clock, FAR_SECONDS), cancel))

    def scan(self, bench: ScannerBench, scanner: Scanner) -> ScanEvent | None:
        return self.waiting(bench, scanner).result()
