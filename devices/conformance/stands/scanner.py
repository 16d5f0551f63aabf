"""Codes shown to a scanner."""

from __future__ import annotations

from random import Random
from typing import Final

from devices.conformance.bench import Ability
from devices.conformance.groups import Group
from devices.conformance.kinds import Kind, its_own
from devices.conformance.scanner import SWITCHED_SECONDS, ScannerBench, ScannerContract
from devices.conformance.stand import Stand
from devices.conformance.waiting import Call, after, until
from devices.sim.client import Hand
from kiosk.domain.personal import Voucher
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Clock
from kiosk.ports.scanner import CodeRejected, CodeScanned, ScanEvent, Scanner

_PATIENCE: Final = 10.0


class ScanStand(Stand):
    """A `ScannerBench`."""

    part = "scanner"
    code = "134567890123456789"
    other_code = "4240123456789012345678901234"
    secrets = (code, other_code)
    able = frozenset(
        {
            Ability.UNPLUG,
            Ability.NOISE,
            Ability.LINE_SPEED,
            Ability.STALE_CODE,
            Ability.SILENCE,
            Ability.SEE_LIGHT,
            Ability.SPOILT_ANSWERS,
        }
    )

    def __init__(self, hand: Hand, clock: Clock, *, firmware: str = "", end: str = "\r") -> None:
        super().__init__(hand, clock)
        self.end = end
        if firmware:
            hand.put("scanner", firmware=firmware)
        if not end:
            self.forgo({Ability.SPOILT_ANSWERS})  # half a code that ends by silence is a code
        if firmware == "honeywell":
            self.forgo({Ability.SILENCE})  # it never answers a command

    def show(self, code: str) -> None:
        self.hand.ask("scan", code=code, end=self.end)

    def take_away(self) -> None:
        self.hand.ask("take_code")

    def noise(self, raw: bytes) -> None:
        self.hand.ask("noise", bytes_hex=raw.hex())

    def spoil(self, kind: str, at: int) -> None:
        self.hand.ask("spoil_scan", kind=kind, at=at)

    def send_unasked(self, code: str) -> None:
        self.noise((code + self.end).encode())

    def line(self, *, baud: int, fragment: int, pause_ms: float) -> None:
        self.hand.ask("scanner", baud=baud, fragment=fragment, pause_ms=pause_ms)

    def deafen(self) -> None:
        self.hand.ask("scanner", silent=True)

    def refuse_commands(self) -> None:
        self.hand.ask("scanner", refuses=True)

    def light(self) -> bool:
        lit: bool = self.hand.sees("scanner", "light")
        return lit


def _session(bench: ScannerBench, scanner: Scanner, random: Random, mishap: bool) -> None:
    """A code is shown and read; as a mishap noise comes first, is rejected, and the code is read by the next scan."""
    if mishap:
        noisy = _looking(bench, scanner)
        bench.noise(random.choice((b"42\x0040\r", b"\xff\xfe\x80\r", b"1" * 513 + b"\r")))
        assert noisy.result() == CodeRejected()
    code = random.choice((bench.code, bench.other_code))
    call = _looking(bench, scanner)
    bench.show(code)
    assert call.result() == CodeScanned(Voucher(code))


def _looking(bench: ScannerBench, scanner: Scanner) -> Call[ScanEvent | None]:
    """A scan whose light has come on: a code shown in the light of the one before would be nobody's."""
    sees = Ability.SEE_LIGHT in bench.abilities
    until(lambda: not (sees and bench.light()))
    call = Call(lambda cancel: scanner.scan(after(bench.clock, _PATIENCE), cancel))
    if sees:
        until(bench.light)
    else:
        Cancel().sleep(SWITCHED_SECONDS)
    return call


KIND: Final = Kind(
    contract=ScannerContract,
    device="scanner",
    stand=ScanStand,
    group=Group.SCANNER,
    claims=frozenset({"answers_commands"}),
    calls={"scan": its_own("scan")},
    mute=lambda bench: bench.deafen(),
    session=_session,
)
