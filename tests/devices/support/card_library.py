"""A vendor's library made of C, and the bench that it makes; `card_library.c` says how it is driven."""

import subprocess
from pathlib import Path

from devices.conformance.bench import Ability
from kiosk.domain.personal import CardNumber, PersonName, ResidentId
from kiosk.ports.clock import Clock

_SERIAL = "000000D15600000500BF7C7A48FB4901"
_NAMES = {"bad_name": b"\xd5\xc5\x81", "blank_name": b""}
_NUMBERS = {"bad_resident_id": "111111198101011111"}


def build_library(folder: Path) -> Path:
    """Compiled by the machine's own C compiler."""
    built = folder / "libfakecard.so"
    source = Path(__file__).with_name("card_library.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-Wall", "-Wextra", "-Werror", "-o", built, source], check=True)
    return built


class LibraryCards:
    """A `CardBench`: files that the library reads at every call."""

    holder = PersonName("张三")
    resident_id = ResidentId("111111198101011110")
    card_number = CardNumber("M00000019")
    secrets = ("张三", "111111198101011110", "M00000019", _SERIAL)
    abilities = frozenset(
        {Ability.UNPLUG, Ability.ANY_CARD, Ability.MUTE_CARD, Ability.FLAWED_CARDS, Ability.SLOW_CARD}
    )

    def __init__(self, folder: Path, clock: Clock, function: str = "iReadCardBas") -> None:
        self.folder, self.clock, self.function = folder, clock, function
        self.say(-2)

    def say(self, code: int, out: bytes = b"", blob: bytes = b"", function: str = "") -> None:
        """What the library answers from now on."""
        name = function or self.function
        (self.folder / f"{name}.out0").write_bytes(out)
        (self.folder / f"{name}.out1").write_bytes(blob)
        (self.folder / f"{name}.code").write_text(str(code))

    def behave(self, mode: str) -> None:
        (self.folder / "mode").write_text(mode)

    def insert(self, **how: str | int | bool) -> None:
        flaw = str(how.get("flaw", ""))
        self.behave(f"slow {int(how['delay_ms']) * 4}" if "delay_ms" in how else "well")
        if flaw == "mute":
            self.say(-4)
            return
        self.say(0, answer(flaw, str(how.get("generation", "gen2"))))

    def remove(self) -> None:
        self.say(-2)

    def apdus(self) -> int:
        return len((self.folder / "calls").read_bytes())

    def unplug(self) -> None:
        self.say(-11)

    def plug(self) -> None:
        self.say(-2)


def answer(flaw: str = "", generation: str = "gen2") -> bytes:
    """iReadCardBas of the holder's card, with trailing `|` and two fields of the terminal."""
    if flaw == "garbage":
        return b"\x81|\xff|" * 6
    if flaw == "short_answer":
        return b"000000|"
    closed = generation == "gen3"
    number = b"" if closed else _NUMBERS.get(flaw, "111111198101011110").encode()
    card = b"" if closed else b"M00000010" if flaw == "bad_card_number" else b"M00000019"
    name = b"" if closed else _NAMES.get(flaw, "张三".encode("gb18030"))
    serial = _SERIAL[:-2] if flaw == "wrong_length" else _SERIAL
    expiry = b"20351345" if flaw == "bad_date" else b"20351231"
    version = f"{generation[3:]}.00".encode()
    fields = (
        b"000000",
        number,
        card,
        serial.encode(),
        name,
        b"00814E43238697159900BF7C7A",
        version,
        b"20200101",
        expiry,
    )
    return b"|".join((*fields, b"T0000001", b"S0000001")) + b"|"
