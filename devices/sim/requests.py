"""What can be asked of the simulators on the control socket; docs/simulators.md shows each as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from devices.sim.camera.drawing import Scene
from devices.sim.card.contents import Flaw, Generation
from devices.sim.id_card.contents import IdFlaw, Layout
from devices.sim.id_card.plate import Moment
from devices.sim.id_card.reader import Command, Module
from devices.sim.printer.mechanism import Characters
from devices.sim.scanner import Firmware
from devices.sim.sealed.payment import Bank
from devices.sim.sealed.port import Spoiling as Spoiled
from devices.sim.spoiling import Spoiling

Transport = Literal["socket", "contactless", "vpcd"]
Held = Literal["live", "print", "replay", "injected", "frozen", "looped", "swapped", "covered"]
Asked = Literal["turn_left", "turn_right", "nod", "closer", "blink"]
"""As devices.sim.face.presented and kiosk.ports.face name them; OpenCV, which draws them, is an extra."""


class _Request(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Insert(_Request):
    """Put a card in: of `person` (a key of config/people) or of the file `card`.

    `name` replaces the holder's name. `padding` fills up names: 0, 32 or 255. `p1` limits how files may be selected.
    `pin_tries` is how often its password may still be shown.
    """

    do: Literal["insert"]
    person: str | None = Field(default=None, pattern=r"^[a-z0-9_-]{1,40}$")
    card: Path | None = None
    generation: Generation | None = None
    transport: Transport = "socket"
    flaw: Flaw | None = None
    name: str | None = Field(default=None, max_length=50)
    padding: Literal[0, 32, 255] = 0
    p1: frozenset[Literal[0, 2]] = frozenset({0, 2})
    contactless: bool = False
    delay_ms: int = Field(default=0, ge=0, le=60_000)
    yank_at: int | None = Field(default=None, ge=1)
    silent_at: int | None = Field(default=None, ge=1)
    pin_tries: int = Field(default=3, ge=0, le=15)

    @model_validator(mode="after")
    def _one_holder(self) -> Insert:
        if (self.person is None) == (self.card is None):
            raise ValueError("name either a person or a card file")
        return self


class People(_Request):
    """Whose cards there are."""

    do: Literal["people"]


class Remove(_Request):
    do: Literal["remove"]
    transport: Transport = "socket"


class Yank(_Request):
    """Pull the card out instead of answering its `apdu`-th APDU, counted from its insertion."""

    do: Literal["yank"]
    apdu: int = Field(ge=1)
    transport: Transport = "socket"


class Reader(_Request):
    """The cable of the socket reader, or of the one without contacts beside it."""

    do: Literal["reader"]
    plugged: bool
    transport: Literal["socket", "contactless"] = "socket"


class ReaderKeys(_Request):
    """Keys of the socket reader, while it takes the card's password: digits, R is the red one."""

    do: Literal["reader_keys"]
    keys: str = Field(pattern=r"^[0-9R]{1,20}$")
    transport: Literal["socket", "contactless"] = "socket"


class Lay(_Request):
    """Lay the ID card of `person` on the plate, beside what lies there; `lift_at` takes it away in that step.

    `picture`: what no decoder opens, as on real cards without the maker's library, or a drawn face
    that ours opens, of a card that somebody before the camera carries.
    """

    do: Literal["lay"]
    picture: Literal["none", "drawn"] = "none"
    person: str = Field(pattern=r"^[a-z0-9_-]{1,40}$")
    layout: Layout = Layout.RESIDENT
    long_term: bool = False
    name: str | None = Field(default=None, max_length=50)
    flaw: IdFlaw | None = None
    lift_at: Moment | None = None


class Lift(_Request):
    """Take everything off the plate."""

    do: Literal["lift"]


class IdReader(_Request):
    """Cable, line, security module and habits of the ID card reader; what is left out stays as it is."""

    do: Literal["id_reader"]
    plugged: bool | None = None
    module: Module | None = None
    silent: bool | None = None
    baud: Literal[115200, 57600, 38400, 19200, 9600] | None = None
    fragment: int | None = Field(default=None, ge=1)
    pause_ms: float | None = Field(default=None, ge=0, le=5_000)
    read_ms: int | None = Field(default=None, ge=0, le=60_000)
    finds_again: bool | None = None


class Spoil(_Request):
    """Spoil the ID card reader's next answer to a command, at byte `at` where the kind has a place."""

    do: Literal["spoil"]
    kind: Spoiling
    answer: Command = Command.READ
    at: int = Field(default=0, ge=0, le=5_000)


class Scan(_Request):
    """Hold a code before the scanner; it is read once the light is on, and stays until then."""

    do: Literal["scan"]
    code: str = Field(max_length=8192)
    end: str = "\r"
    repeat: int = Field(default=1, ge=1, le=20)


class TakeCode(_Request):
    """Take the telephone away from the window."""

    do: Literal["take_code"]


class Noise(_Request):
    """Bytes, in hex, that the scanner sends out of nowhere."""

    do: Literal["noise"]
    bytes_hex: str = Field(max_length=65_536, pattern=r"^([0-9a-fA-F]{2})*$")


class SpoilScan(_Request):
    """Spoil the next code that is read, at byte `at`."""

    do: Literal["spoil_scan"]
    kind: Literal[
        Spoiling.GARBAGE, Spoiling.FLIP, Spoiling.CUT, Spoiling.SPLIT, Spoiling.TWICE, Spoiling.CHECKSUM, Spoiling.YANK
    ]
    at: int = Field(default=0, ge=0, le=5_000)


class Scanner(_Request):
    """Cable, firmware and line of the scanner; what is left out stays as it is."""

    do: Literal["scanner"]
    plugged: bool | None = None
    firmware: Firmware | None = None
    refuses: bool | None = None
    silent: bool | None = None
    baud: int | None = Field(default=None, ge=300, le=921_600)
    fragment: int | None = Field(default=None, ge=1)
    pause_ms: float | None = Field(default=None, ge=0, le=5_000)


class Camera(_Request):
    """Cable of the camera, and what it sees; what is left out stays as it is."""

    do: Literal["camera"]
    plugged: bool | None = None
    scene: Scene | None = None


class Document(_Request):
    """Cable of the document camera, and what lies under it; what is left out stays as it is."""

    do: Literal["document"]
    plugged: bool | None = None
    scene: Scene | None = None


class Person(_Request):
    """`person` steps before the camera, or `presented` says what is held up instead; without one they leave.

    `other` is who steps in half-way when somebody is swapped; `cards` are whose ID cards they carry, else their own.
    """

    do: Literal["person"]
    person: str | None = Field(default=None, pattern=r"^[a-z0-9_-]{1,40}$")
    presented: Held = "live"
    other: str = Field(default="", pattern=r"^[a-z0-9_-]{0,40}$")
    cards: tuple[str, ...] = ()


class Shown(_Request):
    """What the page shows to the person before the camera: a challenge, how many are done, the colour of its light."""

    do: Literal["shown"]
    asked: Asked | None = None
    done: int = Field(default=0, ge=0, le=9)
    light: tuple[float, float, float] = (0.0, 0.0, 0.0)


class Press(_Request):
    """Press a key of the keypad; `times` above one is a finger that trembles."""

    do: Literal["press"]
    key: str = Field(pattern=r"^([a-z_]+|[0-9])$")
    times: int = Field(default=1, ge=1, le=20)


class Keypad(_Request):
    """The keypad's cable, or bytes of it that are no key."""

    do: Literal["keypad"]
    plugged: bool | None = None
    noise: str = Field(default="", max_length=65_536, pattern=r"^([0-9a-fA-F]{2})*$")


class Speaker(_Request):
    """The cable of the sound card; a silent one takes what is played and never says that it was heard."""

    do: Literal["speaker"]
    plugged: bool | None = None
    silent: bool | None = None


class Paper(_Request):
    """`out` after so many millimetres more (0: now), `near` its end, or `ok`: a new roll, which tears off what hung
    out.
    """

    do: Literal["paper"]
    state: Literal["out", "near", "ok"]
    after_mm: float = Field(default=0, ge=0)


class Cover(_Request):
    do: Literal["cover"]
    open: bool
    after_mm: float = Field(default=0, ge=0)


class Cutter(_Request):
    """A stuck blade shows at the next cut; unstuck, the paper that hung is torn off."""

    do: Literal["cutter"]
    stuck: bool


class Jam(_Request):
    """Paper gets stuck in the mechanism after so many millimetres more; `clear` pulls it out."""

    do: Literal["jam"]
    after_mm: float = Field(default=0, ge=0)
    clear: bool = False


class SpoilStatus(_Request):
    """Spoil the printer's next answer: a byte that is none, no answer, or two for one."""

    do: Literal["spoil_status"]
    kind: Literal[Spoiling.FLIP, Spoiling.CUT, Spoiling.TWICE]


class Silent(_Request):
    """A printer that answers nothing."""

    do: Literal["silent"]
    on: bool = True


class Slow(_Request):
    """Printing speed; 0 is as fast as it comes. Real ones do 100 to 250 mm a second."""

    do: Literal["slow"]
    mm_per_second: float = Field(ge=0)


class Printer(_Request):
    """The printer's cable; or, with `width_mm`, another printer in its place, with GBK, QR codes and cutter unless
    said.
    """

    do: Literal["printer"]
    plugged: bool | None = None
    width_mm: Literal[58, 80] | None = None
    characters: Characters = Characters.GBK
    native_qr: bool = True
    cutter: bool = True


class TakePaper(_Request):
    """Take what came out; a slip that hangs uncut is torn off."""

    do: Literal["take_paper"]


class Printed(_Request):
    do: Literal["printed"]


class PaymentTerminal(_Request):
    """Cable, bank and habits of the card terminal; what is left out stays as it is. `spoil` is for its next answer;
    `leaks` makes it send the card's number, which it never may.
    """

    do: Literal["payment_terminal"]
    plugged: bool | None = None
    silent: bool | None = None
    broken: bool | None = None
    leaks: bool | None = None
    spoil: Spoiled | None = None
    fragment: int | None = Field(default=None, ge=1)
    bank: Bank | None = None
    bank_ms: int | None = Field(default=None, ge=0, le=60_000)


class HoldBankCard(_Request):
    """Hold a card before the terminal; without `pin`, or contactless, it is not asked for one."""

    do: Literal["hold_bank_card"]
    number: str = Field(pattern=r"^[0-9]{13,19}$")
    pin: str = Field(default="", pattern=r"^[0-9]{0,12}$")
    contactless: bool = False


class TerminalKeys(_Request):
    """The red key, the digits of a PIN, or the card taken out."""

    do: Literal["terminal_keys"]
    key: Literal["red", "pin", "take_card"]
    pin: str = Field(default="", pattern=r"^[0-9]{0,12}$")


class FaceTerminal(_Request):
    """Cable and habits of the face and e-voucher terminal: `passes` False knows nobody, `garbles` answers nonsense."""

    do: Literal["face_terminal"]
    plugged: bool | None = None
    passes: bool | None = None
    garbles: bool | None = None


class BeforeTerminal(_Request):
    """Who stands before that terminal, with their face or with the code on their telephone."""

    do: Literal["before_terminal"]
    person: str = Field(pattern=r"^[a-z0-9_-]{1,40}$")
    shows: Literal["face", "code"] = "face"


class PinPad(_Request):
    """Cable, keys and lid of the PIN pad; `talks` makes it say what was pressed, which it never may. `spoil` is for its
    next answer.
    """

    do: Literal["pin_pad"]
    plugged: bool | None = None
    silent: bool | None = None
    keys_in: bool | None = None
    talks: bool | None = None
    open_lid: bool = False
    spoil: Spoiled | None = None


class PressKeys(_Request):
    """Digits on the PIN pad; R is the red key, G the green one, C clears."""

    do: Literal["press_keys"]
    keys: str = Field(pattern=r"^[0-9RGC]{1,40}$")


class GuideLight(_Request):
    """The cable of the board with the lights; `state` tells which of them are lit."""

    do: Literal["guide_light"]
    plugged: bool


class PresenceSensor(_Request):
    """Whether somebody stands before the kiosk. `says` is what the sensor's file holds instead of 0 or 1, once."""

    do: Literal["presence_sensor"]
    plugged: bool | None = None
    somebody: bool | None = None
    says: str | None = Field(default=None, max_length=100)


class PowerSource(_Request):
    """The mains and the supply. `stale`: its service no longer reaches it; `says_hex` it answers instead of its state,
    until that is empty again.
    """

    do: Literal["power_source"]
    plugged: bool | None = None
    mains: Literal["on", "failed", "ending"] | None = None
    old_battery: bool | None = None
    stale: bool | None = None
    silent: bool | None = None
    says_hex: str | None = Field(default=None, pattern=r"^([0-9a-f]{2}){0,8192}$")


class Sheets(_Request):
    """SHA-256 of each document that came to the folder of A4 sheets since the start or the last reset, oldest first."""

    do: Literal["sheets"]


class State(_Request):
    do: Literal["state"]


class Reset(_Request):
    """Everything as at the start, files of paper apart."""

    do: Literal["reset"]


class Subscribe(_Request):
    """From now on this connection also gets lines with `event`."""

    do: Literal["subscribe"]


Request = Annotated[
    Insert
    | People
    | Remove
    | Yank
    | Reader
    | ReaderKeys
    | Lay
    | Lift
    | IdReader
    | Spoil
    | Scan
    | TakeCode
    | Noise
    | SpoilScan
    | Scanner
    | Camera
    | Document
    | Person
    | Shown
    | Press
    | Keypad
    | Speaker
    | Paper
    | Cover
    | Cutter
    | Jam
    | SpoilStatus
    | Silent
    | Slow
    | Printer
    | TakePaper
    | Printed
    | PaymentTerminal
    | HoldBankCard
    | TerminalKeys
    | FaceTerminal
    | BeforeTerminal
    | PinPad
    | PressKeys
    | GuideLight
    | PresenceSensor
    | PowerSource
    | Sheets
    | State
    | Reset
    | Subscribe,
    Field(discriminator="do"),
]

REQUEST: TypeAdapter[Request] = TypeAdapter(Request)
