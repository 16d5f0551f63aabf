"""Who stands before a certified face and e-voucher terminal."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from random import Random
from typing import Final

from devices.conformance.bench import Ability
from devices.conformance.face_terminal import FaceTerminalBench, FaceTerminalContract, errand
from devices.conformance.kinds import Kind
from devices.conformance.stand import Stand
from devices.conformance.waiting import FAR_SECONDS, Call, after, until
from devices.sim.client import Hand
from kiosk.domain.personal import PersonName, ResidentId
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Clock, Monotonic
from kiosk.ports.face_terminal import Errand, FaceAuthorised, FaceTerminal

_SIMULATED: Final = "zhangsan"
_Ask = Callable[[Errand, Monotonic, Cancel], object]


class FaceStand(Stand):
    """A `FaceTerminalBench`. Where somebody insured for the test stands there, the bench file tells who: `name`,
    `resident_id`.

    A terminal of this kind cannot be asked how it is, so nobody notices an unplugged one before it is used.
    """

    part = "face_terminal"
    able = frozenset({Ability.LOST_IN_USE, Ability.SPOILT_ANSWERS})

    def __init__(
        self, hand: Hand, clock: Clock, *, name: str = "张三", resident_id: str = "111111198101011110"
    ) -> None:
        super().__init__(hand, clock)
        self.person, self.resident_id = PersonName(name), ResidentId(resident_id)
        self.secrets = (name, resident_id, "EC000000MONI")

    def show_face(self) -> None:
        self.hand.ask("before_terminal", person=_SIMULATED, shows="face")

    def show_code(self) -> None:
        self.hand.ask("before_terminal", person=_SIMULATED, shows="code")

    def looking(self) -> bool:
        return bool(self.hand.sees(self.part, "wants"))

    def know_nobody(self) -> None:
        self.hand.ask(self.part, passes=False)

    def garble(self) -> None:
        self.hand.ask(self.part, garbles=True)

    def notices(self) -> int:
        return len(self.hand.sees(self.part, "notices"))


def _session(bench: FaceTerminalBench, terminal: FaceTerminal, random: Random, mishap: bool) -> None:
    """Somebody shows their face or their code; as a mishap they walk away."""
    face = random.random() < 0.5
    ask = terminal.authorise if face else terminal.read_voucher
    call: Call[object] = Call(partial(_asked, bench, ask))
    until(bench.looking)
    if mishap:
        assert call.cancelled() is None
        until(lambda: not bench.looking())
        return
    (bench.show_face if face else bench.show_code)()
    answer = call.result()
    assert isinstance(answer, FaceAuthorised) == face


def _asked(bench: FaceTerminalBench, ask: _Ask, cancel: Cancel) -> object:
    return ask(errand(), after(bench.clock, FAR_SECONDS), cancel)


def _authorise(terminal: FaceTerminal, deadline: Monotonic, cancel: Cancel) -> object:
    return terminal.authorise(errand(), deadline, cancel)


def _read_voucher(terminal: FaceTerminal, deadline: Monotonic, cancel: Cancel) -> object:
    return terminal.read_voucher(errand(), deadline, cancel)


KIND: Final = Kind(
    contract=FaceTerminalContract,
    device="terminal",
    stand=FaceStand,
    calls={"authorise": _authorise, "read_voucher": _read_voucher},
    session=_session,
)
